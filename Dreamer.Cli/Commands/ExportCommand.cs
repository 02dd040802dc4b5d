using System.CommandLine;
using Dreamer.Cli.Rendering;
using Dreamer.Training;
using Dreamer.Training.Export;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer export</c>: the last checkpoint of a run as an agent folder.</summary>
internal static class ExportCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var run = new Argument<string>("run") { Description = "The folder of a training run." };
        var output = new Option<string>("--out") { Description = "The agent folder to write.", Required = true };
        var episodes = new Option<int>("--episodes")
        {
            Description = "How many episodes the exported agent plays greedily, and as many with sampled actions, for the scores in its folder; 0 for none.",
            DefaultValueFactory = _ => new AgentExportOptions().EvaluationEpisodes,
        };
        var command = new Command("export", "Exports a run's newest checkpoint as ONNX graphs, scores them, and compares them with TorchSharp.") { run, output, episodes };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var trainer = TrainingRun.Open(parsed.GetRequiredValue(run));
            var folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            var manifest = await trainer.ExportAsync(folder, new AgentExportOptions { EvaluationEpisodes = parsed.GetValue(episodes) }, cancellation);
            var parity = trainer.CheckExport(folder);
            ParityTable.Write(console, parity);
            foreach (var score in manifest.Provenance.Evaluations)
            {
                console.MarkupLineInterpolated($"  {score}");
            }
            console.MarkupLineInterpolated($"agent: {folder}");
            return parity.Passed ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }
}
