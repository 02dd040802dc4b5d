using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Carries the latent state over the rows of episodes: the result of fitting an <see cref="ObserveLatentStateEstimator"/>.</summary>
public sealed class ObserveLatentStateTransformer : DreamerTransformer
{
    internal static readonly TransformerKind<ObserveLatentStateOptions> SavedKind = new(
        "ObserveLatentState/1",
        OptionsJson.Default.ObserveLatentStateOptions,
        GraphsNeeded,
        (manifest, graphs, options) => new ObserveLatentStateTransformer(manifest, graphs, options));

    internal ObserveLatentStateTransformer(AgentManifest manifest, AgentGraph[] graphs, ObserveLatentStateOptions options)
        : base(manifest, graphs, Columns(manifest, options)) => Options = options;

    internal override TransformerKind Kind => SavedKind;

    internal ObserveLatentStateOptions Options { get; }

    internal AgentGraph ObserveGraph => Graphs[0];

    /// <summary>The graph of the prior, or null if no column needs it.</summary>
    internal AgentGraph? SurpriseGraph => Graphs.Count > 1 ? Graphs[1] : null;

    internal static string[] GraphsNeeded(ObserveLatentStateOptions options) =>
        options.NeedsSurprise ? [GraphNames.RssmObserve, GraphNames.Surprise] : [GraphNames.RssmObserve];

    internal static ColumnPlan Columns(AgentManifest manifest, ObserveLatentStateOptions options)
    {
        var inputs = new List<InputColumn>
        {
            AgentColumns.Embedding(options.EmbeddingColumnName, nameof(options.EmbeddingColumnName), manifest),
            AgentColumns.Action(options.ActionColumnName, nameof(options.ActionColumnName), manifest.Action, options.UnnamedKeys),
            new(options.IsFirstColumnName, nameof(options.IsFirstColumnName), ExpectedType.Boolean),
        };
        if (options.NeedsEpisodeId)
        {
            inputs.Add(new InputColumn(options.EpisodeIdColumnName, nameof(options.EpisodeIdColumnName), ExpectedType.Text)
            {
                AdviceWhereMissing = options.Interleaved
                    ? $"{nameof(options.Interleaved)} rows are told apart by it."
                    : NoiseReader.AdviceWhereMissing(nameof(options.LatentSampling), LatentSampling.Mode),
            });
        }
        if (options.Interleaved)
        {
            inputs.Add(new InputColumn(options.IsLastColumnName, nameof(options.IsLastColumnName), ExpectedType.Boolean)
            {
                AdviceWhereMissing = $"{nameof(options.Interleaved)} episodes are closed by it.",
            });
        }
        return new ColumnPlan(inputs, Outputs(manifest.Latent, options))
        {
            Optional =
            [
                new(options.EpisodeIdColumnName, "", ExpectedType.Text),
                .. options.StepColumnName is { } step ? [new(step, "", ExpectedType.Int64)] : (InputColumn[])[],
            ],
        };
    }

    internal override byte[] SerializeOptions() => SavedKind.Serialize(Options);

    private protected override IDataView CreateView(IDataView input, ColumnBinding binding) => new ObserveView(this, input, binding);

    private protected override IRowToRowMapper CreateMapper(ColumnBinding binding) =>
        new RowMapper(binding, (row, active) => new ObserveRow(this, row, binding, active));

    private static DataViewSchema Outputs(LatentManifest latent, ObserveLatentStateOptions options)
    {
        var columns = new OutputColumns();
        foreach (var output in ObserveOutputs.Requested(options))
        {
            _ = output switch
            {
                ObserveOutput.Latent => columns.AddVector(options.OutputColumnName, latent.Size),
                ObserveOutput.Surprise => columns.Add(options.SurpriseColumnName, NumberDataViewType.Single),
                ObserveOutput.PriorLogits => columns.AddVector(options.PriorLogitsColumnName, latent.StatsSize),
                _ => columns.AddVector(options.PosteriorLogitsColumnName, latent.StatsSize),
            };
        }
        return columns.ToSchema();
    }
}
