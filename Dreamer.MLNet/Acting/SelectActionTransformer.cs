using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Picks actions: the result of fitting a <see cref="SelectActionEstimator"/>.</summary>
public sealed class SelectActionTransformer : RowTransformer
{
    internal static readonly string[] GraphsNeeded = [GraphNames.Policy];

    internal static readonly TransformerKind<SelectActionOptions> SavedKind = new(
        "SelectAction/1",
        OptionsJson.Default.SelectActionOptions,
        _ => GraphsNeeded,
        (manifest, graphs, options) => new SelectActionTransformer(manifest, graphs, options));

    private readonly SelectActionOptions _options;

    internal SelectActionTransformer(AgentManifest manifest, AgentGraph[] graphs, SelectActionOptions options)
        : base(manifest, graphs, Columns(manifest, options), RowWindow.Default) => _options = options;

    internal override TransformerKind Kind => SavedKind;

    internal static ColumnPlan Columns(AgentManifest manifest, SelectActionOptions options)
    {
        var inputs = new List<InputColumn> { AgentColumns.Latent(options.InputColumnName, nameof(options.InputColumnName), manifest) };
        if (options.ActionSelection == ActionSelection.Sampled)
        {
            var advice = NoiseReader.AdviceWhereMissing(nameof(options.ActionSelection), ActionSelection.Greedy);
            inputs.Add(new InputColumn(options.EpisodeIdColumnName, nameof(options.EpisodeIdColumnName), ExpectedType.Text) { AdviceWhereMissing = advice });
            inputs.Add(new InputColumn(options.StepColumnName, nameof(options.StepColumnName), ExpectedType.Int64) { AdviceWhereMissing = advice });
        }
        return new ColumnPlan(inputs, Outputs(manifest.Action, options));
    }

    internal override byte[] SerializeOptions() => SavedKind.Serialize(_options);

    private protected override RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity) =>
        new PolicyBatch(Graphs[0], Manifest, _options, input, active, capacity);

    private static DataViewSchema Outputs(ActionManifest action, SelectActionOptions options)
    {
        if (!action.IsDiscrete)
        {
            return options.ProbabilitiesColumnName is null
                ? new OutputColumns().AddVector(options.OutputColumnName, action.Size).ToSchema()
                : throw new ArgumentException(
                    $"{nameof(options.ProbabilitiesColumnName)} is '{options.ProbabilitiesColumnName}'; the agent's actions are continuous and have no probabilities.",
                    nameof(options));
        }

        var names = action.Names!;
        return new OutputColumns()
            .Add(options.OutputColumnName, new KeyDataViewType(typeof(uint), (ulong)action.Size), OutputColumns.Names(AnnotationKinds.KeyValues, names))
            .AddVector(options.ProbabilitiesColumnName, action.Size, OutputColumns.Names(AnnotationKinds.SlotNames, names))
            .ToSchema();
    }
}
