using System.CommandLine;
using System.Globalization;
using System.Text;
using Dreamer.Cli.Reporting;
using Dreamer.Inference.IO;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer curves</c>: the learning curves of several runs, as a picture and as numbers.</summary>
internal static class CurvesCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var runs = new Argument<string[]>("runs") { Description = "The folders of training runs, which name the curves.", Arity = ArgumentArity.OneOrMore };
        var title = new Option<string>("--title") { Description = "What stands above the curves.", DefaultValueFactory = _ => "Greedy evaluation while training" };
        var target = new Option<double?>("--target") { Description = "A return that was to be reached: a dashed line." };
        var output = new Option<string>("--out") { Description = "The SVG file to write; the numbers go beside it as .csv.", DefaultValueFactory = _ => "curves.svg" };
        var command = new Command("curves", "Draws the evaluations of several runs over environment steps.") { runs, title, target, output };
        command.SetAction(parsed =>
        {
            var curves = parsed.GetRequiredValue(runs).Select(Read).ToArray();
            if (curves.All(run => run.Curve.Count == 0))
            {
                throw new ArgumentException("None of these runs was evaluated yet.", nameof(parsed));
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
