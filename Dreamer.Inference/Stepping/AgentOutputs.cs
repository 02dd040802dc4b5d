namespace Dreamer.Inference;

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
