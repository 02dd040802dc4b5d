using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.MLNet;
using Microsoft.ML;

namespace Dreamer.Cli.Scoring;

/// <summary>The pipeline that <c>dreamer score</c> runs: encode, filter, act, judge, and imagine and decode where that is asked for.</summary>
internal static class ScorePipeline
{
    /// <summary>The columns that are written where no others are asked for.</summary>
    internal static readonly string[] Columns =
        ["EpisodeId", "Step", "Reward", "PredictedAction", "PredictedReward", "PredictedDiscount", "PredictedValue", "Surprise"];

    private const string Prior = "PriorLogits";
    private const string Posterior = "PosteriorLogits";
    private const string Probabilities = "ActionProbabilities";
    private const string Rollout = "Rollout";
    private const string Decoded = "Decoded";

    /// <summary>Fits the pipeline to the schema of recorded episodes.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="agent">The agent; it stays the caller's.</param>
    /// <param name="episodes">Recorded episodes.</param>
    /// <param name="seed">The seed of the latents' samples: the session's, to see what it saw.</param>
    /// <param name="columns">The columns that will be asked for; by default <see cref="Columns"/>.</param>
    /// <param name="horizon">The steps of imagined rollouts.</param>
    internal static ITransformer Fit(
        MLContext ml, DreamerAgent agent, IDataView episodes, ulong seed, IReadOnlyList<string>? columns = null, int horizon = 15)
    {
        var wanted = columns ?? Columns;
        string? IfWanted(string name) => wanted.Contains(name) ? name : null;
        bool AnyBegins(string prefix) => wanted.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
        return ml.Transforms.ScoreEpisodes(agent, new ScoreEpisodesOptions
        {
            Observing = new ObserveLatentStateOptions
            {
                SurpriseColumnName = "Surprise", PriorLogitsColumnName = IfWanted(Prior), PosteriorLogitsColumnName = IfWanted(Posterior), Seed = seed,
            },
            Acting = new SelectActionOptions { ProbabilitiesColumnName = IfWanted(Probabilities), Seed = seed },
            Imagining = AnyBegins(Rollout) ? new ImagineRolloutOptions { Horizon = horizon, Seed = seed } : null,
            Decoding = AnyBegins(Decoded) ? new DecodeObservationOptions() : null,
        }).Fit(episodes);
    }

    /// <summary>Refuses columns that a pipeline does not give.</summary>
    /// <exception cref="ArgumentException">There is no such column; says which there are.</exception>
    internal static void RequireColumns(IEnumerable<string> columns, DataViewSchema scored, bool byAgent)
    {
        foreach (var name in columns.Where(name => scored.GetColumnOrNull(name) is null))
        {
            var known = scored.Where(column => !column.IsHidden).Select(column => column.Name);
            string[] more = byAgent ? [Prior, Posterior, Probabilities, "RolloutReturn, ...", "DecodedImage, ..."] : [];
            throw new ArgumentException($"No column '{name}' comes out of the scoring. There are: {string.Join(", ", known.Union(more))}.", nameof(columns));
        }
    }

    /// <summary>Saves a pipeline for <c>mlContext.Model.Load</c>.</summary>
    internal static void SaveModel(MLContext ml, ITransformer model, DataViewSchema schema, string path) =>
        AtomicFile.Write(path, stream => ml.Model.Save(model, schema, stream));
}
