using System.Text.Json.Serialization;

namespace Dreamer.Inference;

/// <summary>What an agent does.</summary>
public sealed record ActionManifest
{
    /// <summary>The kind of actions that are one of a few.</summary>
    public const string Discrete = "discrete";

    /// <summary>The kind of actions that are vectors within bounds.</summary>
    public const string Continuous = "continuous";

    /// <summary><see cref="Discrete"/> or <see cref="Continuous"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many actions there are, or how long the vector is.</summary>
    public required int Size { get; init; }

    /// <summary>The names of discrete actions, null for continuous ones.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The lower bounds of continuous actions, null for discrete ones.</summary>
    public IReadOnlyList<float>? Low { get; init; }

    /// <summary>The upper bounds of continuous actions, null for discrete ones.</summary>
    public IReadOnlyList<float>? High { get; init; }

    /// <summary>Whether actions are one of a few; they then travel as one-hot vectors.</summary>
    [JsonIgnore]
    public bool IsDiscrete => Kind == Discrete;
}
