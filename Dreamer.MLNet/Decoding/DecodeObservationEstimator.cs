using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Decodes latent states into the observations that the agent believes it sees.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vector of Single |
/// | Output column data type | Vector of Byte with the dimensions H, W, C (image), known-sized vector of Single (vector), or both, as the agent observes |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: it is one, the agent's decoder.onnx |
///
/// Rows are independent: they may be shuffled, and several cursors compute them in parallel. Of a decoded image of three
/// or four channels ML.NET's own `ConvertToImage` makes an `MLImage`: with `interleavedColors: true`, and the height before the width.
/// ]]></format>
/// </remarks>
/// <seealso cref="Microsoft.ML.DreamerCatalog.DecodeObservation(Microsoft.ML.TransformsCatalog, string, string, AgentReference, int?, bool)"/>
public sealed class DecodeObservationEstimator : DreamerEstimator<DecodeObservationTransformer>
{
    private readonly DecodeObservationOptions _options;

    internal DecodeObservationEstimator(AgentSource agent, ExecutionFlags execution, DecodeObservationOptions options)
        : base(agent, DecodeObservationTransformer.GraphsNeeded, execution, DecodeObservationTransformer.Columns(agent.Manifest, options)) =>
        _options = options;

    private protected override DecodeObservationTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        new(manifest, graphs, _options);
}
