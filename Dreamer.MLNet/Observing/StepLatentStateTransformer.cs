using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Steps the latent state from a column to a column: the result of fitting a <see cref="StepLatentStateEstimator"/>.</summary>
public sealed class StepLatentStateTransformer : RowTransformer
{
    internal static readonly string[] GraphsNeeded = [GraphNames.RssmObserve];

    internal static readonly TransformerKind<StepLatentStateOptions> SavedKind = new(
        "StepLatentState/1",
        OptionsJson.Default.StepLatentStateOptions,
        _ => GraphsNeeded,
        (manifest, graphs, options) => new StepLatentStateTransformer(manifest, graphs, options));

    private readonly StepLatentStateOptions _options;

    internal StepLatentStateTransformer(AgentManifest manifest, AgentGraph[] graphs, StepLatentStateOptions options)
        : base(manifest, graphs, Columns(manifest, options), RowWindow.Default) => _options = options;

    internal override TransformerKind Kind => SavedKind;

    internal static ColumnPlan Columns(AgentManifest manifest, StepLatentStateOptions options)
    {
        var inputs = new List<InputColumn>
        {
            AgentColumns.Latent(options.PrevLatentColumnName, nameof(options.PrevLatentColumnName), manifest),
            AgentColumns.Action(options.PrevActionColumnName, nameof(options.PrevActionColumnName), manifest.Action, options.UnnamedKeys),
            new(options.IsFirstColumnName, nameof(options.IsFirstColumnName), ExpectedType.Boolean),
            AgentColumns.Embedding(options.EmbeddingColumnName, nameof(options.EmbeddingColumnName), manifest),
        };
        if (options.LatentSampling == LatentSampling.Sampled)
        {
            var advice = NoiseReader.AdviceWhereMissing(nameof(options.LatentSampling), LatentSampling.Mode);
            inputs.Add(new InputColumn(options.EpisodeIdColumnName, nameof(options.EpisodeIdColumnName), ExpectedType.Text) { AdviceWhereMissing = advice });
            inputs.Add(new InputColumn(options.StepColumnName, nameof(options.StepColumnName), ExpectedType.Int64) { AdviceWhereMissing = advice });
        }
        return new ColumnPlan(inputs, new OutputColumns().AddVector(options.OutputColumnName, manifest.Latent.Size).ToSchema());
    }

    internal override byte[] SerializeOptions() => SavedKind.Serialize(_options);

    private protected override RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity) =>
        new LatentStepBatch(Graphs[0], Manifest, _options, input, capacity);
}
