using Dreamer.MLNet;
using Dreamer.MLNet.Execution;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>Predicts the outcome of states: adds <c>PredictedReward</c>, <c>PredictedDiscount</c> and <c>PredictedValue</c>, each Single.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="inputColumnName">The column of the state, Vector&lt;Single, S*C + D&gt;.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.PredictOutcome("Latent", "onnx/catch");
    /// IEnumerable&lt;float&gt; values = pipeline.Fit(observed).Transform(observed).GetColumn&lt;float&gt;("PredictedValue");
    /// </code></example>
    public static PredictOutcomeEstimator PredictOutcome(
        this TransformsCatalog catalog, string inputColumnName, AgentReference agent, int? gpuDeviceId = null, bool fallbackToCpu = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        return catalog.PredictOutcome(agent, new PredictOutcomeOptions
        {
            InputColumnName = inputColumnName,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });
    }

    /// <summary>Predicts the outcome of states.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="ArgumentException">No output is named, or two have one name.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    public static PredictOutcomeEstimator PredictOutcome(this TransformsCatalog catalog, AgentReference agent, PredictOutcomeOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        if (options is { RewardColumnName: null, DiscountColumnName: null, ValueColumnName: null })
        {
            throw new ArgumentException("No output column is named: name at least one of reward, discount and value.", nameof(options));
        }
        return new(agent.Resolve(), ExecutionFlags.From(catalog, options.GpuDeviceId, options.FallbackToCpu), options);
    }
}
