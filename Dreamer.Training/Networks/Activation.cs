using System.Text.Json.Serialization;

namespace Dreamer.Training.Networks;

/// <summary>The activation of a layer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Activation>))]
public enum Activation
{
    /// <summary>Nothing: the layer is linear.</summary>
    None,

    /// <summary>The exponential linear unit: DreamerV2's, and that of DreamerV1's dense layers.</summary>
    Elu,

    /// <summary>The rectifier: that of DreamerV1's convolutions.</summary>
    Relu,

    /// <summary>The sigmoid linear unit, x * sigmoid(x): DreamerV3's.</summary>
    Silu,
}
