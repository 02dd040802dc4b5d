using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Computes an agent's next latent state from the state in a column.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vectors of Single (state, action, embedding), Boolean (is first); Text and Int64 if latents are sampled; an action may be a key |
/// | Output column data type | Known-sized vector of Single |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: it is one, the agent's rssm_observe.onnx |
///
/// The pure form of `ObserveLatentState`: the caller keeps the state, so engines can be pooled and any of them can serve any episode.
/// Rows are independent: they may be shuffled, and several cursors compute them in parallel.
/// ]]></format>
/// </remarks>
/// <seealso cref="Microsoft.ML.DreamerCatalog.StepLatentState(Microsoft.ML.TransformsCatalog, string, string, AgentReference, ulong, int?, bool)"/>
public sealed class StepLatentStateEstimator : DreamerEstimator<StepLatentStateTransformer>
{
    private readonly StepLatentStateOptions _options;

    internal StepLatentStateEstimator(AgentSource agent, ExecutionFlags execution, StepLatentStateOptions options)
        : base(agent, StepLatentStateTransformer.GraphsNeeded, execution, StepLatentStateTransformer.Columns(agent.Manifest, options)) =>
        _options = options;

    private protected override StepLatentStateTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        new(manifest, graphs, _options);
}
