using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Imagines what follows latent states: the result of fitting an <see cref="ImagineRolloutEstimator"/>.</summary>
public sealed class ImagineRolloutTransformer : RowTransformer
{
    internal static readonly TransformerKind<ImagineRolloutOptions> SavedKind = new(
        "ImagineRollout/1",
        OptionsJson.Default.ImagineRolloutOptions,
        GraphsNeeded,
        (manifest, graphs, options) => new ImagineRolloutTransformer(manifest, graphs, options));

    private readonly ImagineRolloutOptions _options;

    internal ImagineRolloutTransformer(AgentManifest manifest, AgentGraph[] graphs, ImagineRolloutOptions options)
        : base(manifest, graphs, Columns(manifest, options), Math.Max(1, RowWindow.Default / Branches(manifest, options))) => _options = options;

    internal override TransformerKind Kind => SavedKind;

    internal static string[] GraphsNeeded(ImagineRolloutOptions options) => options.UsesPolicy
        ? [GraphNames.RssmImagine, GraphNames.Heads, GraphNames.Policy] : [GraphNames.RssmImagine, GraphNames.Heads];

    internal static ColumnPlan Columns(AgentManifest manifest, ImagineRolloutOptions options)
    {
        var inputs = new List<InputColumn> { AgentColumns.Latent(options.InputColumnName, nameof(options.InputColumnName), manifest) };
        if (options.Actions == ImaginedActions.Given)
        {
            inputs.Add(AgentColumns.Actions(options.ActionsColumnName, nameof(options.ActionsColumnName), manifest.Action, options.Horizon, options.UnnamedKeys));
        }
        if (options.SamplesActions || options.SamplesLatents)
        {
            var advice = options.SamplesLatents
                ? NoiseReader.AdviceWhereMissing(nameof(options.LatentSampling), LatentSampling.Mode)
                : NoiseReader.AdviceWhereMissing(nameof(options.ActionSelection), ActionSelection.Greedy);
            inputs.Add(new InputColumn(options.EpisodeIdColumnName, nameof(options.EpisodeIdColumnName), ExpectedType.Text) { AdviceWhereMissing = advice });
            inputs.Add(new InputColumn(options.StepColumnName, nameof(options.StepColumnName), ExpectedType.Int64) { AdviceWhereMissing = advice });
        }
        return new ColumnPlan(inputs, Outputs(manifest.Action, options));
    }

    /// <summary>The number of rollouts per row.</summary>
    internal static int Branches(AgentManifest manifest, ImagineRolloutOptions options) =>
        options.Actions == ImaginedActions.Each ? manifest.Action.Size : 1;

    internal override byte[] SerializeOptions() => SavedKind.Serialize(_options);

    private protected override RowBatch CreateBatch(DataViewRow input, ColumnBinding binding, ActiveColumns active, int capacity) =>
        new RolloutBatch(Graphs, Manifest, _options, input, active, capacity);

    private static DataViewSchema Outputs(ActionManifest action, ImagineRolloutOptions options)
    {
        var each = options.Actions == ImaginedActions.Each;
        if (each && !action.IsDiscrete)
        {
            throw new ArgumentException(
                $"{nameof(options.Actions)} is {options.Actions}; the agent's actions are continuous and cannot be enumerated.", nameof(options));
        }

        int[] steps = each ? [action.Size, options.Horizon] : [options.Horizon];
        int[] actions = [.. steps, action.Size];
        var columns = new OutputColumns();
        foreach (var output in Enum.GetValues<RolloutOutput>())
        {
            var name = $"{options.OutputColumnName}{output}";
            _ = output switch
            {
                RolloutOutput.Actions => columns.Add(name, new VectorDataViewType(NumberDataViewType.Single, actions)),
                RolloutOutput.Return when each => columns.AddVector(name, action.Size, OutputColumns.Names(AnnotationKinds.SlotNames, action.Names!)),
                RolloutOutput.Return => columns.Add(name, NumberDataViewType.Single),
                _ => columns.Add(name, new VectorDataViewType(NumberDataViewType.Single, steps)),
            };
        }
        return columns.ToSchema();
    }
}
