using Dreamer.Cli.Rendering;
using Dreamer.Inference;
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
internal sealed record ScoreRun(
    string[] Recordings, string? Agent, string? Pipeline, string Output, string[] Columns, ulong Seed, int Horizon, Shard Shard, int FilesPerPart,
    string? SavedPipeline)
{
    /// <summary>Scores what is missing.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; finished parts are kept for the next run.</exception>
    internal void Run(IAnsiConsole console, CancellationToken cancellationToken)
    {
        ScoreFile.RequireFormat(Output);
        var ml = new MLContext(seed: 0);
        var files = ml.Data.FindEpisodeFiles(Recordings);
        using var agent = Agent is null ? null : DreamerAgent.Load(Agent);
        var folder = Path.GetDirectoryName(Output)!;
        var plan = new ScorePlan(
            ScorePlan.Fingerprint(Agent is null ? Pipeline! : Path.Combine(Agent, AgentManifest.FileName)),
            Seed, Horizon, Columns, FilesPerPart, [.. files.Select(file => PlannedFile.FromFile(file, folder))]);
        var parts = new ScoreParts(Output, plan);
        if (parts.IsMerged && SavedPipeline is null)
        {
            console.MarkupLineInterpolated($"scores: {Output} (already complete)");
            return;
        }

        var episodes = ml.Data.LoadFromEpisodes([.. files]);
        var model = agent is null ? ml.Model.Load(Pipeline, out _) : ScorePipeline.Fit(ml, agent, episodes, Seed, Columns, Horizon);
        using (model as IDisposable)
        {
            ScorePipeline.RequireColumns(Columns, model.GetOutputSchema(episodes.Schema), byAgent: agent is not null);
            if (SavedPipeline is not null)
            {
                ScorePipeline.SaveModel(ml, model, episodes.Schema, SavedPipeline);
            }
            Score(console, ml, model, files, plan, parts, cancellationToken);
        }

        console.MarkupLineInterpolated(parts.TryMerge(ml)
            ? (FormattableString)$"scores: {Output}"
            : $"shard {Shard} is done; the last shard to finish merges the scores into {Output}");
    }

    private void Score(
        IAnsiConsole console, MLContext ml, ITransformer model, IReadOnlyList<string> files, ScorePlan plan, ScoreParts parts,
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
            var recorded = ml.Data.LoadFromEpisodes([.. files.Take(plan.FilesOf(part))]);
            var scored = model.Transform(recorded);
            parts.Write(ml, ml.Transforms.SelectColumns(Columns).Fit(scored).Transform(scored), part);
        }, cancellationToken);
    }
}
