using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Encodes observations into embeddings, with an agent's encoder.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Vector of Byte with the dimensions H, W, C (image), known-sized vector of Single (vector), or both, as the agent observes |
/// | Output column data type | Known-sized vector of Single |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: it is one, the agent's encoder.onnx |
///
/// Rows are independent: they may be shuffled, and several cursors compute them in parallel. An image is as an
/// environment gives it, not scaled. Of ML.NET's own images, `ExtractPixels` makes such a column with `interleavePixelColors: true,
/// outputAsFloatArray: false`; other layouts are refused.
/// ]]></format>
/// </remarks>
/// <seealso cref="Microsoft.ML.DreamerCatalog.EncodeObservation(Microsoft.ML.TransformsCatalog, string, string, AgentReference, int?, bool)"/>
public sealed class EncodeObservationEstimator : DreamerEstimator<EncodeObservationTransformer>
{
    private readonly EncodeObservationOptions _options;

    internal EncodeObservationEstimator(AgentSource agent, ExecutionFlags execution, EncodeObservationOptions options)
        : base(agent, EncodeObservationTransformer.GraphsNeeded, execution, EncodeObservationTransformer.Columns(agent.Manifest, options)) =>
        _options = options;

    private protected override EncodeObservationTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        new(manifest, graphs, _options);
}
