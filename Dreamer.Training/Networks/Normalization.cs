using System.Text.Json.Serialization;

namespace Dreamer.Training.Networks;

/// <summary>The normalization between the linear part of a layer and its activation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Normalization>))]
public enum Normalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Layer normalization over a layer's units, or over the channels of each pixel.</summary>
    Layer,
}
