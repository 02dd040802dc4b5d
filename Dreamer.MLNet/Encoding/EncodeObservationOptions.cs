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

    /// <summary>The GPU to run on. Not saved: a loaded pipeline runs where its <c>MLContext</c> says.</summary>
    /// <value>The default value is <see langword="null"/>: what <c>MLContext.GpuDeviceId</c> says, else where the agent runs.</value>
    [JsonIgnore]
    public int? GpuDeviceId { get; init; }

    /// <summary>Whether the CPU serves where the GPU cannot be had.</summary>
    /// <value>The default value is <see langword="false"/>: what <c>MLContext.FallbackToCpu</c> says.</value>
    [JsonIgnore]
    public bool FallbackToCpu { get; init; }
}
