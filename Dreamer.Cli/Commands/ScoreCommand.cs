using System.CommandLine;
using Dreamer.Cli.Scoring;
using Dreamer.Inference;
using Microsoft.ML;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer score</c>: what an agent makes of recorded episodes, by an ML.NET pipeline.</summary>
internal static class ScoreCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var recordings = new Argument<string[]>("recordings")
        {
            Description = "Episode files (.npz) or globs, 'recordings/*.npz' say.",
            Arity = ArgumentArity.OneOrMore,
        };
        var agent = new Option<string?>("--agent") { Description = "The agent folder that scores." };
        var pipeline = new Option<string?>("--pipeline") { Description = "A saved ML.NET pipeline that scores, in place of --agent." };
        var output = new Option<string>("--out") { Description = "The file to write: .csv, or .idv (ML.NET's binary format).", Required = true };
        var seed = AgentArguments.Seed();
        var save = new Option<string?>("--save-pipeline") { Description = "Also save the pipeline to this .zip, for MLContext.Model.Load." };
        var command = new Command("score", "Scores recorded episodes: actions, rewards, discounts, values, surprise of every row.")
        {
            recordings, agent, pipeline, output, seed, save,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(agent) is null == result.GetValue(pipeline) is null)
            {
                result.AddError("Name who scores: either --agent or --pipeline.");
            }
        });
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            ScorePipeline.RequireFormat(path);
            var ml = new MLContext(seed: 0);
            var episodes = ml.Data.LoadFromEpisodes(parsed.GetRequiredValue(recordings));
            using var loaded = parsed.GetValue(agent) is { } folder ? DreamerAgent.Load(folder) : null;
            var model = loaded is null
                ? ml.Model.Load(parsed.GetRequiredValue(pipeline), out _)
                : ScorePipeline.Fit(ml, loaded, episodes, parsed.GetValue(seed));
            if (parsed.GetValue(save) is { } zip)
            {
                ScorePipeline.SaveModel(ml, model, episodes.Schema, zip);
            }
            ScorePipeline.Save(ml, model.Transform(episodes), path);
            (model as IDisposable)?.Dispose();
            console.MarkupLineInterpolated($"scores: {path}");
            return DreamerCommandLine.Success;
        });
        return command;
    }
}
