using System.CommandLine;
using Dreamer.Cli.Scoring;
using Dreamer.Inference.Episodes;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer score</c>: scores recorded episodes with an ML.NET pipeline.</summary>
internal static class ScoreCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var recordings = new Argument<string[]>("recordings")
        {
            Description = "Episode files (.npz, .parquet), folders or globs, such as 'recordings/*.npz'.",
            Arity = ArgumentArity.OneOrMore,
        };
        var agent = new Option<string?>("--agent") { Description = "The agent folder to score with." };
        var pipeline = new Option<string?>("--pipeline") { Description = "A saved ML.NET pipeline to score with, instead of --agent." };
        var output = new Option<string>("--out") { Description = "The file to write: .parquet, .npz, .csv, or .idv (ML.NET's binary format).", Required = true };
        var columns = new Option<string[]>("--columns")
        {
            Description = "The columns to write, separated by commas: recorded columns, Embedding, Latent, Surprise, PriorLogits, PosteriorLogits, Predicted..., " +
                $"ActionProbabilities, Rollout..., Decoded... By default {string.Join(',', ScorePipeline.Columns)}.",
            AllowMultipleArgumentsPerToken = true,
        };
        var seed = AgentArguments.Seed();
        var horizon = AgentArguments.AtLeastOne(new("--horizon") { Description = "The length of imagined rollouts, in steps.", DefaultValueFactory = _ => 15 });
        var shard = new Option<string>("--shard")
        {
            Description = "Score only share i of n, written i/n; the last process to finish merges all shares.", DefaultValueFactory = _ => $"{Shard.Whole}",
        };
        var filesPerPart = AgentArguments.AtLeastOne(new("--part-files")
        {
            Description = "The number of episode files per part; a finished part survives an interruption.", DefaultValueFactory = _ => 64,
        });
        var strict = new Option<bool>("--strict") { Description = "Stop at the first file that cannot be scored; by default such files are left out, counted and named." };
        var discrete = new Option<int?>("--discrete-actions") { Description = "The number of discrete actions, for files with integer actions; by default the agent's." };
        var recording = new RecordingArguments();
        var save = new Option<string?>("--save-pipeline") { Description = "Also save the pipeline to this .zip file, for MLContext.Model.Load." };
        var command = new Command(
            "score", "Scores every row of recorded episodes: action, reward, discount, value and surprise. Run again, it computes only what is missing.")
        {
            recordings, agent, pipeline, output, columns, seed, horizon, shard, filesPerPart, save, strict, discrete,
        };
        recording.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(agent) is null == result.GetValue(pipeline) is null)
            {
                result.AddError("Name what to score with: either --agent or --pipeline.");
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
                parsed.GetValue(horizon),
                Shard.Parse(parsed.GetRequiredValue(shard)),
                parsed.GetValue(filesPerPart),
                parsed.GetValue(save),
                parsed.GetValue(strict),
                new EpisodeReadOptions
                {
                    DiscreteActions = parsed.GetValue(discrete),
                    ActionTiming = recording.ActionTiming(parsed) ?? RecordedTiming.LedHere,
                    RewardTiming = recording.RewardTiming(parsed),
                }).Run(console, cancellationToken);
            return Task.FromResult(DreamerCommandLine.Success);
        });
        return command;
    }

    private static string[] Split(string[]? columns)
    {
        string[] names = [.. (columns ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        return names.Length == 0 ? ScorePipeline.Columns : names;
    }
}
