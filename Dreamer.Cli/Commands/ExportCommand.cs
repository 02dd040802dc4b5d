using System.CommandLine;
using Dreamer.Cli.Rendering;
using Dreamer.Training;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer export</c>: the last checkpoint of a run as an agent folder.</summary>
internal static class ExportCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var run = new Argument<string>("run") { Description = "The folder of a training run." };
        var output = new Option<string>("--out") { Description = "The agent folder to write.", Required = true };
        var command = new Command("export", "Exports a run's newest checkpoint as ONNX graphs, and compares them with TorchSharp.") { run, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var trainer = TrainingRun.Open(parsed.GetRequiredValue(run));
            var folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            await trainer.ExportAsync(folder, cancellation);
            var parity = trainer.CheckExport(folder);
            ParityTable.Write(console, parity);
            console.MarkupLineInterpolated($"agent: {folder}");
            return parity.Passed ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }
}
