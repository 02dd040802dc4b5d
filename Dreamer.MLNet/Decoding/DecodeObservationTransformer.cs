using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Decodes latent states into observations: the result of fitting a <see cref="DecodeObservationEstimator"/>.</summary>
public sealed class DecodeObservationTransformer : RowTransformer
{
    internal static readonly string[] GraphsNeeded = [GraphNames.Decoder];

    internal static readonly TransformerKind<DecodeObservationOptions> SavedKind = new(
        "DecodeObservation/1",
        OptionsJson.Default.DecodeObservationOptions,
        _ => GraphsNeeded,
        (manifest, graphs, options) => new DecodeObservationTransformer(manifest, graphs, options));

    // Dense layers come first, which gain from a batch; images of a few rows still fit the cache.
    private const int Window = 8;

    private readonly DecodeObservationOptions _options;

    internal DecodeObservationTransformer(AgentManifest manifest, AgentGraph[] graphs, DecodeObservationOptions options)
        : base(manifest, graphs, Columns(manifest, options), Window) => _options = options;

    internal override TransformerKind Kind => SavedKind;

    internal static ColumnPlan Columns(AgentManifest manifest, DecodeObservationOptions options)
    {
        var outputs = new OutputColumns();
        foreach (var (column, tensor) in Outputs(manifest, options))
        {
            _ = tensor == TensorNames.Vector
                ? outputs.AddVector(column, manifest.VectorSize)
                : outputs.Add(
                    column, new VectorDataViewType(NumberDataViewType.Byte, manifest.Image!.Height, manifest.Image.Width, manifest.Image.Channels));
        }
        var schema = outputs.ToSchema();
        return schema.Count > 0
            ? new ColumnPlan([AgentColumns.Latent(options.InputColumnName, nameof(options.InputColumnName), manifest)], schema)
            : throw new ArgumentException(
                $"No output column is named for the observations of agent '{manifest.Name}': {string.Join(" and ", manifest.Observations.Select(o => o.Key))}.",
                nameof(options));
    }

    internal override byte[] SerializeOptions() => SavedKind.Serialize(_options);

    private protected override RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity) =>
        new DecoderBatch(
            Graphs[0], Manifest, input, input.Schema[_options.InputColumnName], [.. Outputs(Manifest, _options).Select(output => output.Tensor)], active, capacity);

    private static List<(string Column, string Tensor)> Outputs(AgentManifest manifest, DecodeObservationOptions options)
    {
        var outputs = new List<(string, string)>();
        if (manifest.Image is not null && options.ImageColumnName is { } image)
        {
            outputs.Add((image, TensorNames.Image));
        }
        if (manifest.VectorSize > 0 && options.VectorColumnName is { } vector)
        {
            outputs.Add((vector, TensorNames.Vector));
        }
        return outputs;
    }
}
