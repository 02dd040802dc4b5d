namespace Dreamer.Inference.Serving;

/// <summary>What a session answered to an observation. What <see cref="DreamerAgentOptions.Outputs"/> does not ask for is null.</summary>
/// <remarks>Belongs to whoever received it. Every number in it is finite.</remarks>
public sealed record AgentStep
{
    /// <summary>Observations of the episode so far, this one included.</summary>
    public required long Step { get; init; }

    /// <summary>The action, 0 to the number of actions less 1; null where actions are continuous.</summary>
    public int? Action { get; init; }

    /// <summary>[A]: the action, one-hot where actions are discrete.</summary>
    public required float[] ActionValues { get; init; }

    /// <summary>The predicted reward of having arrived here.</summary>
    public float? Reward { get; init; }

    /// <summary>The predicted factor on what comes after; 0 where the episode is over.</summary>
    public float? Discount { get; init; }

    /// <summary>The critic's value of the state.</summary>
    public float? Value { get; init; }

    /// <summary>How far the observation moved the state from what was expected: KL of posterior from prior, in nats.</summary>
    public float? Surprise { get; init; }

    /// <summary>[A]: the probabilities of discrete actions.</summary>
    public float[]? ActionProbabilities { get; init; }
}
