using Dreamer.Inference;

namespace Dreamer.Training.Export;

/// <summary>What the networks themselves do not know about the agent that they are.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AgentDescription
{
    /// <summary>The agent's name.</summary>
    public required string Name { get; init; }

    /// <summary>The preset that it was trained with.</summary>
    public required string Preset { get; init; }

    /// <summary>Where it came from: environment, steps, seed, configuration, scores.</summary>
    public required ProvenanceManifest Provenance { get; init; }

    /// <summary>The discount factor that the discount head was trained with.</summary>
    public required double Gamma { get; init; }

    /// <summary>What was done to rewards before the reward head and the critic learnt them.</summary>
    /// <value><c>identity</c>.</value>
    public string RewardTransform { get; init; } = "identity";
}
