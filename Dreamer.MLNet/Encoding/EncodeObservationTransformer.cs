using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Encodes observations: the result of fitting an <see cref="EncodeObservationEstimator"/>.</summary>
public sealed class EncodeObservationTransformer : RowTransformer
{
    internal const string KindName = "EncodeObservation/1";

    internal static readonly string[] GraphsNeeded = [GraphNames.Encoder];

    private readonly EncodeObservationOptions _options;

    // A convolutional encoder gains nothing from a batch, and row by row nothing that passes through is copied.
    internal EncodeObservationTransformer(AgentManifest manifest, AgentGraph[] graphs, EncodeObservationOptions options)
        : base(manifest, graphs, Columns(manifest, options), window: 1) => _options = options;

    internal override string Kind => KindName;

    internal static ColumnPlan Columns(AgentManifest manifest, EncodeObservationOptions options)
    {
        var inputs = new List<InputColumn>();
        if (manifest.Image is { } image)
        {
            inputs.Add(ImageColumn.Of(options.ImageColumnName, nameof(options.ImageColumnName), image));
        }
        if (manifest.VectorSize > 0)
        {
            inputs.Add(new InputColumn(
                options.VectorColumnName, nameof(options.VectorColumnName), ColumnForm.Vector(NumberDataViewType.Single, manifest.VectorSize)));
        }
        return new ColumnPlan(inputs, new OutputColumns().AddVector(options.OutputColumnName, manifest.Latent.Embedding).ToSchema());
    }

    internal override byte[] SerializeOptions() => OptionsJson.Write(_options, OptionsJson.Default.EncodeObservationOptions);

    private protected override RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity) =>
        new EncoderBatch(Graphs[0], Manifest, _options, input, capacity);
}
