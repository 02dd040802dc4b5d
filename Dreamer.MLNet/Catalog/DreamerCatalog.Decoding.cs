using Dreamer.MLNet;
using Dreamer.MLNet.Execution;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>Decodes states into the observations that the agent believes it sees.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">
    /// The column that is added: an image, Vector&lt;Byte, H, W, C&gt;, or a vector, Vector&lt;Single, N&gt;, as the agent observes; for one
    /// that observes both, the image.
    /// </param>
    /// <param name="inputColumnName">The column of the state, Vector&lt;Single, S*C + D&gt;.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent, or has no decoder.</exception>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.DecodeObservation("Decoded", "Latent", "onnx/catch");
    /// IDataView believed = pipeline.Fit(scored).Transform(scored);
    /// </code></example>
    public static DecodeObservationEstimator DecodeObservation(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        AgentReference agent,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentNullException.ThrowIfNull(agent);
        var source = agent.Resolve();
        return Decoding(catalog, source, new DecodeObservationOptions
        {
            ImageColumnName = outputColumnName,
            VectorColumnName = source.Manifest.Image is null ? outputColumnName : null,
            InputColumnName = inputColumnName,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });
    }

    /// <summary>Decodes states into the observations that the agent believes it sees.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="ArgumentException">No output is named that the agent observes, or two have one name.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent, or has no decoder.</exception>
    public static DecodeObservationEstimator DecodeObservation(
        this TransformsCatalog catalog, AgentReference agent, DecodeObservationOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        return Decoding(catalog, agent.Resolve(), options);
    }

    private static DecodeObservationEstimator Decoding(TransformsCatalog catalog, AgentSource agent, DecodeObservationOptions options) =>
        new(agent, ExecutionFlags.From(catalog, options.GpuDeviceId, options.FallbackToCpu), options);
}
