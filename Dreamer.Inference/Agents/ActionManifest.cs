using System.Text.Json.Serialization;

namespace Dreamer.Inference;

/// <summary>What an agent does.</summary>
public sealed record ActionManifest
{
    /// <summary>The kind of actions that are one of a few.</summary>
    public const string Discrete = "discrete";

    /// <summary>The kind of actions that are vectors within bounds.</summary>
    public const string Continuous = "continuous";

    /// <summary>The distribution of discrete actions: a categorical, whose samples are one-hot.</summary>
    public const string OneHot = "one_hot";

    /// <summary>A distribution of continuous actions: normal, cut off at the bounds.</summary>
    public const string TruncatedNormal = "trunc_normal";

    /// <summary>A distribution of continuous actions: the hyperbolic tangent of a normal one.</summary>
    public const string TanhNormal = "tanh_normal";

    /// <summary>A distribution of continuous actions: normal, moved to the bounds where it leaves them.</summary>
    public const string Normal = "normal";

    /// <summary><see cref="Discrete"/> or <see cref="Continuous"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many actions there are, or how long the vector is.</summary>
    public required int Size { get; init; }

    /// <summary>The names of discrete actions, null for continuous ones.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The lower bounds of continuous actions, in the environment's units, as are all actions that go in and out; null for discrete ones.</summary>
    public IReadOnlyList<float>? Low { get; init; }

    /// <summary>The upper bounds of continuous actions, null for discrete ones.</summary>
    public IReadOnlyList<float>? High { get; init; }

    /// <summary>What actions are drawn from: <see cref="OneHot"/>, <see cref="TruncatedNormal"/>, <see cref="TanhNormal"/>, <see cref="Normal"/>; null where it is not known.</summary>
    public string? Distribution { get; init; }

    /// <summary>Whether actions are one of a few; they then travel as one-hot vectors.</summary>
    [JsonIgnore]
    public bool IsDiscrete => Kind == Discrete;
}
