using Dreamer.Cli.Rendering;
using Dreamer.Inference;
using Microsoft.ML;
using Spectre.Console;

namespace Dreamer.Cli.Scoring;

/// <summary>A run of <c>dreamer score</c>: what is missing of a plan's parts is scored, and all are merged once they are there.</summary>
/// <param name="Recordings">Episode files, folders or patterns.</param>
/// <param name="Agent">The agent folder that scores, or null where a pipeline does.</param>
/// <param name="Pipeline">The saved pipeline that scores, or null where an agent does.</param>
/// <param name="Output">The file to write.</param>
/// <param name="Columns">The columns to write.</param>
/// <param name="Seed">The seed of samples.</param>
/// <param name="Horizon">The steps of imagined rollouts.</param>
/// <param name="Shard">Which parts are this process's.</param>
/// <param name="FilesPerPart">How many files make a part.</param>
/// <param name="SavedPipeline">Where to save the pipeline too, if anywhere.</param>
internal sealed record ScoreRun(
    string[] Recordings, string? Agent, string? Pipeline, string Output, string[] Columns, ulong Seed, int Horizon, Shard Shard, int FilesPerPart,
    string? SavedPipeline)
{
    /// <summary>Runs.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; what was scored is kept for the next run.</exception>
    internal void Run(IAnsiConsole console, CancellationToken cancellationToken)
    {
        ScoreFile.RequireFormat(Output);
        var ml = new MLContext(seed: 0);
        var files = ml.Data.FindEpisodeFiles(Recordings);
        using var agent = Agent is null ? null : DreamerAgent.Load(Agent);
        var folder = Path.GetDirectoryName(Output)!;
        var plan = new ScorePlan(
            ScorePlan.Fingerprint(Agent is null ? Pipeline! : Path.Combine(Agent, AgentManifest.FileName)),
            Seed, Horizon, Columns, FilesPerPart, [.. files.Select(file => PlannedFile.Of(file, folder))]);
        var parts = new ScoreParts(Output, plan);
        if (parts.IsMerged && SavedPipeline is null)
        {
            console.MarkupLineInterpolated($"scores: {Output} (nothing was missing)");
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
            : $"shard {Shard} is through; the scores are merged by the last of the shards, into {Output}");
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
            // Another shard merged all and removed the parts since: none is missing, and the folder was made anew.
            parts.Clean();
            return;
        }
        var own = Enumerable.Range(0, plan.PartCount).Count(Shard.Takes);
        if (missing.Count < own)
        {
            console.MarkupLineInterpolated($"  {own - missing.Count} of {own} parts are there already");
        }
        PartProgress.Run(console, "scoring", missing, part =>
        {
            var recorded = ml.Data.LoadFromEpisodes([.. files.Take(plan.FilesOf(part))]);
            var scored = model.Transform(recorded);
            parts.Write(ml, ml.Transforms.SelectColumns(Columns).Fit(scored).Transform(scored), part);
        }, cancellationToken);
    }
}
