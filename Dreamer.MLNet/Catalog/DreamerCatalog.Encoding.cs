using Dreamer.MLNet;
using Dreamer.MLNet.Execution;

namespace Microsoft.ML;

/// <summary>Pipeline steps that run Dreamer agents.</summary>
public static partial class DreamerCatalog
{
    /// <summary>Encodes observations into embeddings: the first step of a pipeline over recorded episodes.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column that is added: Vector&lt;Single, E&gt;.</param>
    /// <param name="inputColumnName">
    /// The column of the observation: an image, Vector&lt;Byte, H, W, C&gt;, or a vector, Vector&lt;Single, N&gt;.
    /// An agent that observes both needs the overload with options.
    /// </param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
    /// <exception cref="ArgumentException">The agent observes an image and a vector.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent, or has no encoder.</exception>
    /// <example><code>
    /// using var agent = DreamerAgent.Load("onnx/catch");
    /// var pipeline = mlContext.Transforms.EncodeObservation("Embedding", "Image", agent)
    ///     .Append(mlContext.Transforms.ObserveLatentState("Latent", "Embedding", agent))
    ///     .Append(mlContext.Transforms.PredictOutcome("Latent", agent));
    /// IDataView scored = pipeline.Fit(episodes).Transform(episodes);
    /// </code></example>
    public static EncodeObservationEstimator EncodeObservation(
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
        if (source.Manifest is { Image: not null, VectorSize: > 0 })
        {
            throw new ArgumentException(
                $"Agent '{source.Manifest.Name}' observes an image and a vector: name both columns in {nameof(EncodeObservationOptions)}.", nameof(agent));
        }
        return Encoding(catalog, source, new EncodeObservationOptions
        {
            OutputColumnName = outputColumnName,
            ImageColumnName = inputColumnName,
            VectorColumnName = inputColumnName,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });
    }

    /// <summary>Encodes observations into embeddings.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent, or has no encoder.</exception>
    public static EncodeObservationEstimator EncodeObservation(
        this TransformsCatalog catalog, AgentReference agent, EncodeObservationOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        return Encoding(catalog, agent.Resolve(), options);
    }

    private static EncodeObservationEstimator Encoding(TransformsCatalog catalog, AgentSource agent, EncodeObservationOptions options) =>
        new(agent, ExecutionFlags.From(catalog, options.GpuDeviceId, options.FallbackToCpu), options);
}
