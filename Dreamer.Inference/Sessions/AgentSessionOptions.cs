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
