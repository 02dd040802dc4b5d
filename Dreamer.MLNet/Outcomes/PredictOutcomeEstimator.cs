using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Predicts reward, discount and value of latent states, with an agent's heads.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vector of Single |
/// | Output column data type | Single, up to three of them |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: it is one, the agent's heads.onnx |
///
/// The reward is that of arriving in the state, so it compares to the recorded reward of the same row. How the value reads is in the
/// agent's manifest (`Heads`). Rows are independent: they may be shuffled, and several cursors compute them in parallel.
/// ]]></format>
/// </remarks>
/// <seealso cref="Microsoft.ML.DreamerCatalog.PredictOutcome(Microsoft.ML.TransformsCatalog, string, AgentReference, int?, bool)"/>
public sealed class PredictOutcomeEstimator : DreamerEstimator<PredictOutcomeTransformer>
{
    private readonly PredictOutcomeOptions _options;

    internal PredictOutcomeEstimator(AgentSource agent, ExecutionFlags execution, PredictOutcomeOptions options)
        : base(agent, PredictOutcomeTransformer.GraphsNeeded, execution, PredictOutcomeTransformer.Columns(agent.Manifest, options)) =>
        _options = options;

    private protected override PredictOutcomeTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        new(manifest, graphs, _options);
}
