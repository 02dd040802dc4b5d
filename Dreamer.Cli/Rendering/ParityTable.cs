using Dreamer.Training.Export;
using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Prints how far an exported agent deviates from its TorchSharp networks.</summary>
internal static class ParityTable
{
    internal static void Write(IAnsiConsole console, ParityReport report)
    {
        var table = new Table().AddColumns("graph", "output", "max abs difference", "samples", "differ", "differ by a tie");
        foreach (var output in report.Outputs)
        {
            var sampled = output.Samples > 0;
            table.AddRow(
                output.Graph,
                output.Output,
                $"{output.MaxAbsDifference:E1}",
                sampled ? $"{output.Samples}" : "",
                sampled ? $"{output.DifferingSamples}" : "",
                sampled ? $"{output.DifferingTies}" : "");
        }
        console.Write(table);
        console.MarkupLineInterpolated(
            $"  TorchSharp against ONNX Runtime: max abs difference {report.MaxAbsDifference:E1}, relative to values above 1 {report.MaxScaledDifference:E1} (at most {report.Tolerance:E1}), {report.DifferingSamples} samples differ");
        console.MarkupLine(report.Passed ? "  [green]passed[/]" : "  [red]failed[/]: the graphs do not compute what the networks compute; do not use this agent");
    }
}
