using System.CommandLine;
using System.Globalization;
using System.Text;
using Dreamer.Cli.Reporting;
using Dreamer.Inference.IO;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer curves</c>: writes the learning curves of several runs as an SVG and a CSV file.</summary>
internal static class CurvesCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var runs = new Argument<string[]>("runs") { Description = "The folders of training runs; each curve is named after its folder.", Arity = ArgumentArity.OneOrMore };
        var title = new Option<string>("--title") { Description = "The title of the chart.", DefaultValueFactory = _ => "Greedy evaluation while training" };
        var target = new Option<double?>("--target") { Description = "A target return, drawn as a dashed line." };
        var output = new Option<string>("--out") { Description = "The SVG file to write; the numbers go to a .csv file next to it.", DefaultValueFactory = _ => "curves.svg" };
        var command = new Command("curves", "Draws the evaluation returns of several runs against environment steps.") { runs, title, target, output };
        command.SetAction(parsed =>
        {
            var curves = parsed.GetRequiredValue(runs).Select(Read).ToArray();
            if (curves.All(run => run.Curve.Count == 0))
            {
                throw new ArgumentException("None of these runs has been evaluated yet.", nameof(parsed));
            }
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            AtomicFile.WriteAllText(path, SeedCurves.ToSvg(parsed.GetRequiredValue(title), curves, parsed.GetValue(target)) + "\n");
            AtomicFile.WriteAllText(Path.ChangeExtension(path, ".csv"), Csv(curves));
            console.MarkupLineInterpolated($"curves: {path}");
        });
        return command;
    }

    private static (string Name, IReadOnlyList<EvaluationPoint> Curve) Read(string run) =>
        (Path.GetFileName(Path.TrimEndingDirectorySeparator(run)), RunMetrics.EvaluationCurve(run));

    private static string Csv(IEnumerable<(string Name, IReadOnlyList<EvaluationPoint> Curve)> runs)
    {
        var csv = new StringBuilder("run,updates,env_steps,return\n");
        foreach (var (name, curve) in runs)
        {
            foreach (var point in curve)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{name},{point.Updates},{point.Steps},{point.Return:R}\n");
            }
        }
        return csv.ToString();
    }
}
