using Dreamer.MLNet;
using Dreamer.MLNet.Execution;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>Picks the most likely action of each state.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column that is added: a key with the actions' names, or Vector&lt;Single, A&gt; if actions are continuous.</param>
    /// <param name="inputColumnName">The column of the state, Vector&lt;Single, S*C + D&gt;.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="probabilitiesColumnName">A column for the probabilities of discrete actions, Vector&lt;Single, A&gt;; null for none.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
    /// <exception cref="ArgumentException">Probabilities are requested and actions are continuous.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.EncodeObservation("Embedding", "Image", "onnx/catch")
    ///     .Append(mlContext.Transforms.ObserveLatentState("Latent", "Embedding", "onnx/catch"))
    ///     .Append(mlContext.Transforms.SelectAction("PredictedAction", "Latent", "onnx/catch", "ActionProbabilities"));
    /// </code></example>
    public static SelectActionEstimator SelectAction(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        AgentReference agent,
        string? probabilitiesColumnName = null,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        return catalog.SelectAction(agent, new SelectActionOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ProbabilitiesColumnName = probabilitiesColumnName,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });
    }

    /// <summary>Picks an action in each state.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="ArgumentException">Probabilities are requested and actions are continuous.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    public static SelectActionEstimator SelectAction(this TransformsCatalog catalog, AgentReference agent, SelectActionOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        return new(agent.Resolve(), ExecutionFlags.From(catalog, options.GpuDeviceId, options.FallbackToCpu), options);
    }
}
