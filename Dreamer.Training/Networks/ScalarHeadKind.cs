using System.Text.Json.Serialization;

namespace Dreamer.Training.Networks;

/// <summary>How a head represents a number, such as a reward or a value.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScalarHeadKind>))]
public enum ScalarHeadKind
{
    /// <summary>As the mean of a Gaussian of variance 1: that of DreamerV1 and DreamerV2.</summary>
    Normal,

    /// <summary>
    /// As <see cref="Distributions.SymlogTwoHot"/>, whose output layer starts with zeros, so that every prediction starts at 0: DreamerV3's.
    /// </summary>
    TwoHot,
}
