namespace Dreamer.Inference;

/// <summary>How a session acts and what it computes.</summary>
public sealed record AgentSessionOptions
{
    /// <summary>The seed of the session's samples.</summary>
    /// <value>The default value is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>
    /// Names the first episode, or null for <c>episode-0</c>; with the seed it determines every sample, so an episode that
    /// is recorded under this id can be scored again exactly.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? EpisodeId { get; init; }

    /// <summary>Which action is taken.</summary>
    /// <value>The default value is <see cref="ActionSelection.Greedy"/>.</value>
    public ActionSelection ActionSelection { get; init; } = ActionSelection.Greedy;

    /// <summary>How the latent is drawn from the posterior.</summary>
    /// <value>The default value is <see cref="LatentSampling.Sampled"/>, as in the reference, also at evaluation.</value>
    public LatentSampling LatentSampling { get; init; } = LatentSampling.Sampled;

    /// <summary>What to compute in addition to the action.</summary>
    /// <value>The default value is <see cref="AgentOutputs.All"/>.</value>
    public AgentOutputs Outputs { get; init; } = AgentOutputs.All;
}

/// <summary>Which action a policy takes.</summary>
public enum ActionSelection
{
    /// <summary>The most likely one.</summary>
    Greedy,

    /// <summary>A sample of the policy's distribution.</summary>
    Sampled,
}

/// <summary>How a latent is drawn from its distribution.</summary>
public enum LatentSampling
{
    /// <summary>A sample.</summary>
    Sampled,

    /// <summary>The most likely classes, without noise.</summary>
    Mode,
}

/// <summary>What a session computes in addition to the action; outputs that are not requested cost nothing.</summary>
[Flags]
public enum AgentOutputs
{
    /// <summary>Only the action.</summary>
    None = 0,

    /// <summary>Predicted reward, discount and value: one graph.</summary>
    Outcome = 1,

    /// <summary>The KL of the posterior from the prior: one graph.</summary>
    Surprise = 2,

    /// <summary>The probabilities of discrete actions.</summary>
    ActionProbabilities = 4,

    /// <summary>Enables <see cref="AgentSession.Imagine"/>: three more graphs, which run when it is called.</summary>
    Imagination = 8,

    /// <summary>Everything that is computed at every observation.</summary>
    All = Outcome | Surprise | ActionProbabilities,
}
