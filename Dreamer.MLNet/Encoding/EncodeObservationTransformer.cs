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
    internal static readonly string[] GraphsNeeded = [GraphNames.Encoder];

    internal static readonly TransformerKind<EncodeObservationOptions> SavedKind = new(
        "EncodeObservation/1",
        OptionsJson.Default.EncodeObservationOptions,
        _ => GraphsNeeded,
        (manifest, graphs, options) => new EncodeObservationTransformer(manifest, graphs, options));

    private readonly EncodeObservationOptions _options;

    // A convolutional encoder gains nothing from a batch, and row by row nothing that passes through is copied.
    internal EncodeObservationTransformer(AgentManifest manifest, AgentGraph[] graphs, EncodeObservationOptions options)
        : base(manifest, graphs, Columns(manifest, options), window: 1) => _options = options;

    internal override TransformerKind Kind => SavedKind;

    internal static ColumnPlan Columns(AgentManifest manifest, EncodeObservationOptions options)
    {
        var inputs = new List<InputColumn>();
        if (manifest.Image is { } image)
        {
            inputs.Add(ImageColumn.Create(options.ImageColumnName, nameof(options.ImageColumnName), image));
        }
        if (manifest.VectorSize > 0)
        {
            inputs.Add(new InputColumn(
                options.VectorColumnName, nameof(options.VectorColumnName), ExpectedType.Vector(NumberDataViewType.Single, manifest.VectorSize)));
        }
        return new ColumnPlan(inputs, new OutputColumns().AddVector(options.OutputColumnName, manifest.Latent.Embedding).ToSchema()) { Optional = manifest.VectorSize > 0 ? PlaceColumns.Id : [] };
    }

    internal override byte[] SerializeOptions() => SavedKind.Serialize(_options);

    private protected override RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity) =>
        new EncoderBatch(Graphs[0], Manifest, _options, input, capacity);
}
