using System.Text.Json.Serialization;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>EncodeObservation</c>.</summary>
public sealed record EncodeObservationOptions
{
    /// <summary>The column that is added: the encoder's output, Vector&lt;Single, E&gt;.</summary>
    /// <value>The default value is <c>Embedding</c>.</value>
    public string OutputColumnName { get; init; } = "Embedding";

    /// <summary>The column of the image, Vector&lt;Byte, H, W, C&gt;; read if the agent observes one.</summary>
    /// <value>The default value is <c>Image</c>.</value>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column of the vector, Vector&lt;Single, N&gt;; read if the agent observes one.</summary>
    /// <value>The default value is <c>Vector</c>.</value>
    public string VectorColumnName { get; init; } = "Vector";

    /// <summary>What happens to numbers of the vector that are not finite.</summary>
    /// <value>The default value is <see cref="NonFiniteInput.Refuse"/>.</value>
    public NonFiniteInput NonFinite { get; init; }

    /// <summary>The GPU to run on. Not saved: a loaded pipeline uses the settings of its <c>MLContext</c>.</summary>
    /// <value>The default value is <see langword="null"/>: <c>MLContext.GpuDeviceId</c>, otherwise the agent's device.</value>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <summary>Whether to use the CPU if the GPU is not available.</summary>
    /// <value>The default value is <see langword="false"/>: <c>MLContext.FallbackToCpu</c>.</value>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }
}
