using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Makes the step that takes an agent's latent state from a column and puts the next one into a column.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vectors of Single (state, action, embedding), Boolean (is first); Text and Int64 where latents are sampled; an action may be a key |
/// | Output column data type | Known-sized vector of Single |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: it is one, the agent's rssm_observe.onnx |
///
/// The pure form of `ObserveLatentState`: whoever calls keeps the state, so engines may be pooled and any of them can serve any episode.
/// Rows know nothing of each other: they may be shuffled and are computed by several cursors in parallel.
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
