using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Selects actions in latent states, with an agent's policy.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vector of Single; also Text and Int64 if actions are sampled |
/// | Output column data type | Key with the actions' names, or known-sized vector of Single; optionally a known-sized vector of Single |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: it is one, the agent's policy.onnx |
///
/// Rows are independent: they may be shuffled, and several cursors compute them in parallel. Samples are drawn by seed,
/// episode and step, so neither changes them.
/// ]]></format>
/// </remarks>
/// <seealso cref="Microsoft.ML.DreamerCatalog.SelectAction(Microsoft.ML.TransformsCatalog, string, string, AgentReference, string?, int?, bool)"/>
public sealed class SelectActionEstimator : DreamerEstimator<SelectActionTransformer>
{
    private readonly SelectActionOptions _options;

    internal SelectActionEstimator(AgentSource agent, ExecutionFlags execution, SelectActionOptions options)
        : base(agent, SelectActionTransformer.GraphsNeeded, execution, SelectActionTransformer.Columns(agent.Manifest, options)) =>
        _options = options;

    private protected override SelectActionTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        new(manifest, graphs, _options);
}
