using System.Text.Json.Serialization;

namespace Dreamer.Training.Distributions;

/// <summary>The functions that turn any number into a positive standard deviation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviationKind>))]
public enum DeviationKind
{
    /// <summary>2 / (1 + e^(-x/2)): 1 at 0, below 2; DreamerV2's.</summary>
    Sigmoid2,

    /// <summary>ln(1 + e^x): unbounded; DreamerV1's.</summary>
    Softplus,

    /// <summary>1 / (1 + e^-x): below 1.</summary>
    Sigmoid,
}
