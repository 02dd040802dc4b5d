using System.Text.Json.Serialization;

namespace Dreamer.Inference;

/// <summary>An agent's actions.</summary>
public sealed record ActionManifest
{
    /// <summary>The kind of actions that are one of a fixed set.</summary>
    public const string Discrete = "discrete";

    /// <summary>The kind of actions that are bounded vectors.</summary>
    public const string Continuous = "continuous";

    /// <summary>The distribution of discrete actions: a categorical with one-hot samples.</summary>
    public const string OneHot = "one_hot";

    /// <summary>A distribution of continuous actions: normal, truncated at the bounds.</summary>
    public const string TruncatedNormal = "trunc_normal";

    /// <summary>A distribution of continuous actions: the hyperbolic tangent of a normal one.</summary>
    public const string TanhNormal = "tanh_normal";

    /// <summary>A distribution of continuous actions: normal, clipped to the bounds.</summary>
    public const string Normal = "normal";

    /// <summary><see cref="Discrete"/> or <see cref="Continuous"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The number of discrete actions, or the length of the vector.</summary>
    public required int Size { get; init; }

    /// <summary>The names of discrete actions, null for continuous ones.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The lower bounds of continuous actions, in the environment's units, like all inputs and outputs; null for discrete ones.</summary>
    public IReadOnlyList<float>? Low { get; init; }

    /// <summary>The upper bounds of continuous actions, null for discrete ones.</summary>
    public IReadOnlyList<float>? High { get; init; }

    /// <summary>The distribution of actions: <see cref="OneHot"/>, <see cref="TruncatedNormal"/>, <see cref="TanhNormal"/>, <see cref="Normal"/>; null if unknown.</summary>
    public string? Distribution { get; init; }

    /// <summary>Whether actions are discrete; they are then passed as one-hot vectors.</summary>
    [JsonIgnore]
    public bool IsDiscrete => Kind == Discrete;
}
