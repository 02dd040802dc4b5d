using System.CommandLine;
using Dreamer.Cli.Scoring;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer score</c>: what an agent makes of recorded episodes, by an ML.NET pipeline.</summary>
internal static class ScoreCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var recordings = new Argument<string[]>("recordings")
        {
            Description = "Episode files (.npz, .parquet), folders or globs, 'recordings/*.npz' say.",
            Arity = ArgumentArity.OneOrMore,
        };
        var agent = new Option<string?>("--agent") { Description = "The agent folder that scores." };
        var pipeline = new Option<string?>("--pipeline") { Description = "A saved ML.NET pipeline that scores, in place of --agent." };
        var output = new Option<string>("--out") { Description = "The file to write: .parquet, .npz, .csv, or .idv (ML.NET's binary format).", Required = true };
        var columns = new Option<string[]>("--columns")
        {
            Description = "The columns to write, by commas: recorded ones, Embedding, Latent, Surprise, PriorLogits, PosteriorLogits, Predicted..., " +
                $"ActionProbabilities, Rollout..., Decoded... By default {string.Join(',', ScorePipeline.Columns)}.",
            AllowMultipleArgumentsPerToken = true,
        };
        var seed = AgentArguments.Seed();
        var horizon = new Option<int>("--horizon") { Description = "The steps of imagined rollouts.", DefaultValueFactory = _ => 15 };
        var shard = new Option<string>("--shard")
        {
            Description = "Score the i-th of n shares alone, as i/n; whoever comes last merges all.", DefaultValueFactory = _ => $"{Shard.Whole}",
        };
        var filesPerPart = new Option<int>("--part-files")
        {
            Description = "How many files are scored at once and kept as a part, whatever happens after.", DefaultValueFactory = _ => 64,
        };
        var save = new Option<string?>("--save-pipeline") { Description = "Also save the pipeline to this .zip, for MLContext.Model.Load." };
        var command = new Command(
            "score", "Scores recorded episodes: actions, rewards, discounts, values, surprise of every row. Run again, it does what is missing.")
        {
            recordings, agent, pipeline, output, columns, seed, horizon, shard, filesPerPart, save,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(agent) is null == result.GetValue(pipeline) is null)
            {
                result.AddError("Name who scores: either --agent or --pipeline.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            new ScoreRun(
                parsed.GetRequiredValue(recordings),
                parsed.GetValue(agent),
                parsed.GetValue(pipeline),
                Path.GetFullPath(parsed.GetRequiredValue(output)),
                Split(parsed.GetValue(columns)),
                parsed.GetValue(seed),
                Positive(parsed.GetValue(horizon), horizon.Name),
                Shard.Parse(parsed.GetRequiredValue(shard)),
                Positive(parsed.GetValue(filesPerPart), filesPerPart.Name),
                parsed.GetValue(save)).Run(console, cancellationToken);
            return Task.FromResult(DreamerCommandLine.Success);
        });
        return command;
    }

    private static string[] Split(string[]? columns)
    {
        string[] names = [.. (columns ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        return names.Length == 0 ? ScorePipeline.Columns : names;
    }

    private static int Positive(int value, string option) =>
        value > 0 ? value : throw new ArgumentException($"{option} is {value}; 1 or more is allowed.", nameof(value));
}
