using Dreamer.MLNet;
using Dreamer.MLNet.Execution;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>
    /// Carries the latent state over the rows of episodes, from the columns <c>Action</c>, <c>IsFirst</c> and <c>EpisodeId</c> and an
    /// embedding; states are sampled as in a live session.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column that is added: Vector&lt;Single, S*C + D&gt;, stoch first, then deter.</param>
    /// <param name="inputColumnName">The column of the embedding, Vector&lt;Single, E&gt;.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="surpriseColumnName">A column for KL of posterior from prior, Single, in nats; null for none.</param>
    /// <param name="seed">The seed of samples: under the seed and the episode id of a live session they are the session's.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    /// <example><code>
    /// IDataView episodes = mlContext.Data.LoadFromEpisodes("recordings/*.npz");
    /// var pipeline = mlContext.Transforms.EncodeObservation("Embedding", "Image", "onnx/catch")
    ///     .Append(mlContext.Transforms.ObserveLatentState("Latent", "Embedding", "onnx/catch", surpriseColumnName: "Surprise", seed: 1));
    /// </code></example>
    public static ObserveLatentStateEstimator ObserveLatentState(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        AgentReference agent,
        string? surpriseColumnName = null,
        ulong seed = 0,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        return catalog.ObserveLatentState(agent, new ObserveLatentStateOptions
        {
            OutputColumnName = outputColumnName,
            EmbeddingColumnName = inputColumnName,
            SurpriseColumnName = surpriseColumnName,
            Seed = seed,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });
    }

    /// <summary>Carries the latent state over the rows of episodes.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number among the options is out of range.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    public static ObserveLatentStateEstimator ObserveLatentState(
        this TransformsCatalog catalog, AgentReference agent, ObserveLatentStateOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        ObserveLatentStateOptions.Validate(options);
        return new(agent.Resolve(), ExecutionFlags.From(catalog, options.GpuDeviceId, options.FallbackToCpu), options);
    }

    /// <summary>
    /// Takes the latent state from the column <c>PrevLatent</c> one step on, with <c>PrevAction</c>, <c>IsFirst</c>, an embedding, and
    /// <c>EpisodeId</c> and <c>Step</c> for the sample.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column that is added: Vector&lt;Single, S*C + D&gt;.</param>
    /// <param name="inputColumnName">The column of the embedding, Vector&lt;Single, E&gt;.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="seed">The seed of samples.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    /// <example><code>
    /// // The state before comes in a column and the state after goes out in one: any engine of a pool may serve any episode.
    /// var pipeline = mlContext.Transforms.EncodeObservation("Embedding", "Image", "onnx/catch")
    ///     .Append(mlContext.Transforms.StepLatentState("Latent", "Embedding", "onnx/catch"))
    ///     .Append(mlContext.Transforms.SelectAction("PredictedAction", "Latent", "onnx/catch"));
    /// </code></example>
    public static StepLatentStateEstimator StepLatentState(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        AgentReference agent,
        ulong seed = 0,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        return catalog.StepLatentState(agent, new StepLatentStateOptions
        {
            OutputColumnName = outputColumnName,
            EmbeddingColumnName = inputColumnName,
            Seed = seed,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });
    }

    /// <summary>Takes the latent state from a column one step on.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    public static StepLatentStateEstimator StepLatentState(
        this TransformsCatalog catalog, AgentReference agent, StepLatentStateOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        return new(agent.Resolve(), ExecutionFlags.From(catalog, options.GpuDeviceId, options.FallbackToCpu), options);
    }
}
