using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.MLNet;
using Microsoft.ML;

namespace Dreamer.Cli.Scoring;

/// <summary>The pipeline of <c>dreamer score</c>: encode, observe, act, predict outcomes, and, if requested, imagine and decode.</summary>
internal static class ScorePipeline
{
    /// <summary>The columns written by default.</summary>
    internal static readonly string[] Columns =
        ["EpisodeId", "Step", "Reward", "PredictedAction", "PredictedReward", "PredictedDiscount", "PredictedValue", "Surprise"];

    private const string Prior = "PriorLogits";
    private const string Posterior = "PosteriorLogits";
    private const string Probabilities = "ActionProbabilities";
    private const string Rollout = "Rollout";
    private const string Decoded = "Decoded";

    /// <summary>Fits the pipeline to the schema of recorded episodes.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="agent">The agent, owned by the caller.</param>
    /// <param name="episodes">Recorded episodes.</param>
    /// <param name="seed">The seed of the latent samples; use the session's seed to reproduce its latents.</param>
    /// <param name="columns">The requested columns; by default <see cref="Columns"/>.</param>
    /// <param name="horizon">The length of imagined rollouts, in steps.</param>
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

    /// <summary>Rejects columns that the pipeline does not produce.</summary>
    /// <exception cref="ArgumentException">A column does not exist; the message lists the valid ones.</exception>
    internal static void RequireColumns(IEnumerable<string> columns, DataViewSchema scored, bool byAgent)
    {
        foreach (var name in columns.Where(name => scored.GetColumnOrNull(name) is null))
        {
            var known = scored.Where(column => !column.IsHidden).Select(column => column.Name);
            string[] more = byAgent ? [Prior, Posterior, Probabilities, "RolloutReturn, ...", "DecodedImage, ..."] : [];
            throw new ArgumentException($"Unknown column '{name}'; allowed: {string.Join(", ", known.Union(more))}.", nameof(columns));
        }
    }

    /// <summary>Saves a pipeline for <c>mlContext.Model.Load</c>.</summary>
    internal static void SaveModel(MLContext ml, ITransformer model, DataViewSchema schema, string path) =>
        AtomicFile.Write(path, stream => ml.Model.Save(model, schema, stream));
}
