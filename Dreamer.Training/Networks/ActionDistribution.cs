using System.Text.Json.Serialization;

namespace Dreamer.Training.Networks;

/// <summary>What continuous actions are drawn from, in [-1, 1]; discrete ones are always drawn from a categorical.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionDistribution>))]
public enum ActionDistribution
{
    /// <summary>Normal distributions cut off at -1 and 1: DreamerV2's.</summary>
    TruncatedNormal,

    /// <summary>The hyperbolic tangent of normal distributions: DreamerV1's.</summary>
    TanhNormal,

    /// <summary>Normal distributions without bounds; what leaves [-1, 1] is moved to the bound before it is executed.</summary>
    Normal,
}
