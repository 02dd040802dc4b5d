using Dreamer.Inference;
using Dreamer.MLNet.Evaluation;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Predicts reward, discount and value: the result of fitting a <see cref="PredictOutcomeEstimator"/>.</summary>
public sealed class PredictOutcomeTransformer : RowTransformer
{
    internal static readonly string[] GraphsNeeded = [GraphNames.Heads];

    internal static readonly TransformerKind<PredictOutcomeOptions> SavedKind = new(
        "PredictOutcome/1",
        OptionsJson.Default.PredictOutcomeOptions,
        _ => GraphsNeeded,
        (manifest, graphs, options) => new PredictOutcomeTransformer(manifest, graphs, options));

    private readonly PredictOutcomeOptions _options;

    internal PredictOutcomeTransformer(AgentManifest manifest, AgentGraph[] graphs, PredictOutcomeOptions options)
        : base(manifest, graphs, Columns(manifest, options), RowWindow.Default) => _options = options;

    internal override TransformerKind Kind => SavedKind;

    internal static ColumnPlan Columns(AgentManifest manifest, PredictOutcomeOptions options)
    {
        var outputs = new OutputColumns();
        foreach (var (column, tensor) in Outputs(options))
        {
            outputs.Add(column, NumberDataViewType.Single, tensor == TensorNames.Value ? HeadsAnnotations.Create(manifest.Heads) : null);
        }
        return new ColumnPlan([AgentColumns.Latent(options.InputColumnName, nameof(options.InputColumnName), manifest)], outputs.ToSchema());
    }

    internal override byte[] SerializeOptions() => SavedKind.Serialize(_options);

    private protected override RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity)
    {
        var tensors = Outputs(_options).Select(output => output.Tensor).ToArray();
        return new HeadsBatch(Graphs[0], input, input.Schema[_options.InputColumnName], Manifest.Latent.Size, tensors, active, capacity);
    }

    private static IEnumerable<(string Column, string Tensor)> Outputs(PredictOutcomeOptions options)
    {
        (string? Column, string Tensor)[] all =
        [
            (options.RewardColumnName, TensorNames.Reward),
            (options.DiscountColumnName, TensorNames.Discount),
            (options.ValueColumnName, TensorNames.Value),
        ];
        return all.Where(output => output.Column is not null)!;
    }
}
