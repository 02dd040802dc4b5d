using System.Collections.Concurrent;
using Dreamer.Cli.Rendering;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.MLNet;
using Microsoft.ML;
using Spectre.Console;

namespace Dreamer.Cli.Scoring;

/// <summary>A run of <c>dreamer score</c>: scores the missing parts of a plan and merges the parts once all exist.</summary>
/// <param name="Recordings">Episode files, folders or globs.</param>
/// <param name="Agent">The agent folder to score with, or null to use a pipeline.</param>
/// <param name="Pipeline">The saved pipeline to score with, or null to use an agent.</param>
/// <param name="Output">The file to write.</param>
/// <param name="Columns">The columns to write.</param>
/// <param name="Seed">The seed of all samples.</param>
/// <param name="Horizon">The length of imagined rollouts, in steps.</param>
/// <param name="Shard">The share of this process.</param>
/// <param name="FilesPerPart">The number of files per part.</param>
/// <param name="SavedPipeline">The file to save the pipeline to, or null.</param>
/// <param name="Strict">Whether a file that cannot be scored stops the run; otherwise it is left out, counted and named.</param>
/// <param name="Reading">How the episodes were recorded.</param>
internal sealed record ScoreRun(
    string[] Recordings, string? Agent, string? Pipeline, string Output, string[] Columns, ulong Seed, int Horizon, Shard Shard, int FilesPerPart,
    string? SavedPipeline, bool Strict, EpisodeReadOptions Reading)
{
    private const int ReasonsShown = 5;

    /// <summary>Scores what is missing.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; finished parts are kept for the next run.</exception>
    internal void Run(IAnsiConsole console, CancellationToken cancellationToken)
    {
        ScoreFile.RequireFormat(Output);
        var ml = new MLContext(seed: 0);
        var recordings = EpisodeRecording.Group(ml.Data.FindEpisodeFiles(Recordings));
        using var agent = Agent is null ? null : DreamerAgent.Load(Agent);
        var plan = ScorePlan.Create(
            ScorePlan.Fingerprint(Agent is null ? Pipeline! : Path.Combine(Agent, AgentManifest.FileName)),
            Seed, Horizon, Columns, FilesPerPart, Reading, recordings, Path.GetDirectoryName(Output)!);
        var parts = new ScoreParts(Output, plan);
        if (parts.IsMerged && SavedPipeline is null)
        {
            console.MarkupLineInterpolated($"scores: {Output} (already complete)");
            ShowRefused(console, parts, recordings.Count);
            return;
        }

        var loading = new LoadEpisodesOptions
        {
            ActionTiming = Timing(Reading.ActionTiming),
            RewardTiming = Reading.RewardTiming is { } timing ? Timing(timing) : null,
            DiscreteActions = Reading.DiscreteActions,
            Check = agent is null ? null : EpisodeCheck.ForAgent(agent.Manifest),
            Refused = Strict ? null : static _ => { },
        };
        var episodes = ml.Data.LoadFromEpisodes(loading, [.. recordings.SelectMany(recording => recording.Files)]);
        var model = agent is null ? ml.Model.Load(Pipeline, out _) : ScorePipeline.Fit(ml, agent, episodes, Seed, Columns, Horizon);
        using (model as IDisposable)
        {
            ScorePipeline.RequireColumns(Columns, model.GetOutputSchema(episodes.Schema), byAgent: agent is not null);
            if (SavedPipeline is not null)
            {
                ScorePipeline.SaveModel(ml, model, episodes.Schema, SavedPipeline);
            }
            Score(console, ml, model, loading with { Like = episodes }, plan, parts, cancellationToken);
        }

        var isMerged = parts.TryMerge(ml);
        console.MarkupLineInterpolated(isMerged
            ? (FormattableString)$"scores: {Output}"
            : $"shard {Shard} is done; the last shard to finish merges the scores into {Output}");
        if (isMerged)
        {
            ShowRefused(console, parts, recordings.Count);
        }
    }

    private static ActionTiming Timing(RecordedTiming timing) => timing == RecordedTiming.TakenHere ? ActionTiming.TakenHere : ActionTiming.LedHere;

    private static void ShowRefused(IAnsiConsole console, ScoreParts parts, int recordings)
    {
        var refused = parts.Refused();
        if (refused.Count == 0)
        {
            return;
        }
        console.MarkupLineInterpolated($"[yellow]{refused.Count} of {recordings} recordings refused[/] (all reasons are in {parts.RefusedFile}):");
        foreach (var reason in refused.Take(ReasonsShown))
        {
            console.MarkupLineInterpolated($"  {reason}");
        }
    }

    private void Score(
        IAnsiConsole console, MLContext ml, ITransformer model, LoadEpisodesOptions loading, ScorePlan plan, ScoreParts parts,
        CancellationToken cancellationToken)
    {
        if (parts.IsMerged)
        {
            return;
        }
        parts.Open();
        var missing = parts.Missing(Shard);
        if (parts.IsMerged)
        {
            // Meanwhile another shard merged and deleted the parts, so Open just created an empty folder.
            parts.Clean();
            return;
        }
        var own = Enumerable.Range(0, plan.PartCount).Count(Shard.Contains);
        if (missing.Count < own)
        {
            console.MarkupLineInterpolated($"  {own - missing.Count} of {own} parts are already scored");
        }
        PartProgress.Run(console, "scoring", missing, part =>
        {
            // A pipeline may read its source more than once.
            var (refused, notes) = (new ConcurrentDictionary<string, bool>(), new ConcurrentDictionary<string, bool>());
            var reading = loading with { Refused = Strict ? null : reason => refused.TryAdd(reason, true), Noted = note => notes.TryAdd(note, true) };
            var scored = model.Transform(ml.Data.LoadFromEpisodes(reading, plan.FilesOf(part)));
            parts.Write(ml, ml.Transforms.SelectColumns(Columns).Fit(scored).Transform(scored), part, refused);
            foreach (var note in notes.Keys.Order(StringComparer.Ordinal))
            {
                console.MarkupLineInterpolated($"  [yellow]note:[/] {note}");
            }
        }, cancellationToken);
    }
}
