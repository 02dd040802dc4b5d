using System.Text.Json.Serialization;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>DecodeObservation</c>.</summary>
public sealed record DecodeObservationOptions
{
    /// <summary>
    /// The column of the decoded image, Vector&lt;Byte, H, W, C&gt;; null to leave it out. An agent that observes no image adds none.
    /// </summary>
    /// <value>The default value is <c>DecodedImage</c>.</value>
    public string? ImageColumnName { get; init; } = "DecodedImage";

    /// <summary>The column of the decoded vector, Vector&lt;Single, N&gt;; null to leave it out. An agent that observes no vector adds none.</summary>
    /// <value>The default value is <c>DecodedVector</c>.</value>
    public string? VectorColumnName { get; init; } = "DecodedVector";

    /// <summary>The column of the state, Vector&lt;Single, S*C + D&gt;.</summary>
    /// <value>The default value is <c>Latent</c>.</value>
    public string InputColumnName { get; init; } = "Latent";

    /// <inheritdoc cref="EncodeObservationOptions.GpuDeviceId"/>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <inheritdoc cref="EncodeObservationOptions.FallbackToCpu"/>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }
}
