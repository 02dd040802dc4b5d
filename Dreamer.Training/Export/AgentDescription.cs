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

    /// <summary>The algorithm that trained it: <c>dreamerv1</c>, <c>dreamerv2</c> or <c>dreamerv3</c>.</summary>
    /// <value><c>dreamerv2</c>.</value>
    public string Algorithm { get; init; } = "dreamerv2";

    /// <summary>Whether the reward of arriving in a state is part of what the critic says of it.</summary>
    /// <value>True.</value>
    public bool ValueIncludesReward { get; init; } = true;

    /// <summary>The weight of far against near estimates in the lambda-return that the critic learnt.</summary>
    /// <value>0.95.</value>
    public double Lambda { get; init; } = 0.95;

    /// <summary>What rewards were multiplied by before the critic learnt of them.</summary>
    /// <value>1.</value>
    public float RewardScale { get; init; } = 1;

    /// <summary>Where it came from: environment, steps, seed, configuration, scores.</summary>
    public required ProvenanceManifest Provenance { get; init; }

    /// <summary>The discount factor that the discount head was trained with.</summary>
    public required double Gamma { get; init; }

    /// <summary>What was done to rewards before the reward head and the critic learnt them.</summary>
    /// <value><c>identity</c>.</value>
    public string RewardTransform { get; init; } = "identity";
}
