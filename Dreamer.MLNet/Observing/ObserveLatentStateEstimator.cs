using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Carries an agent's latent state over the rows of episodes.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vectors of Single (embedding, action), Boolean (is first); Text (episode) if latents are sampled; an action may be a key |
/// | Output column data type | Known-sized vector of Single; optionally Single and more vectors |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: a step of it is one, the agent's rssm_observe.onnx |
///
/// The state of a row comes from the rows of its episode before it: rows are read in their order, each episode from its first row, and
/// the view cannot be shuffled; filters, shuffles and caches belong behind it. Cursors step the episodes of a window of rows together
/// and run in parallel by whole episodes. A row's result depends on neither.
///
/// A plain PredictionEngine serves one episode, from its first row on. For one with a reset use `CreateDreamerPredictionEngine`;
/// pools of engines need `StepLatentState`.
/// ]]></format>
/// </remarks>
/// <seealso cref="Microsoft.ML.DreamerCatalog.ObserveLatentState(Microsoft.ML.TransformsCatalog, string, string, AgentReference, string?, ulong, int?, bool)"/>
public sealed class ObserveLatentStateEstimator : DreamerEstimator<ObserveLatentStateTransformer>
{
    private readonly ObserveLatentStateOptions _options;

    internal ObserveLatentStateEstimator(AgentSource agent, ExecutionFlags execution, ObserveLatentStateOptions options)
        : base(
            agent,
            ObserveLatentStateTransformer.GraphsNeeded(options),
            execution,
            ObserveLatentStateTransformer.Columns(agent.Manifest, options)) =>
        _options = options;

    private protected override ObserveLatentStateTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        new(manifest, graphs, _options);
}
