using System.Text.Json.Serialization;

namespace Dreamer.Training.Networks;

/// <summary>The distribution of continuous actions, in [-1, 1]; that of discrete actions is always categorical.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionDistribution>))]
public enum ActionDistribution
{
    /// <summary>Normal distributions cut off at -1 and 1: DreamerV2's.</summary>
    TruncatedNormal,

    /// <summary>The hyperbolic tangent of normal distributions: DreamerV1's.</summary>
    TanhNormal,

    /// <summary>Normal distributions without bounds; actions beyond [-1, 1] are clamped when they are executed.</summary>
    Normal,
}
