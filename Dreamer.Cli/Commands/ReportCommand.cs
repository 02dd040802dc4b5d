using System.CommandLine;
using System.CommandLine.Parsing;
using Dreamer.Cli.Reporting;
using Dreamer.Inference.IO;
using Dreamer.Training;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer report</c>: a page with what was learnt, the per-action picture, imagination against the truth, and what the latent state holds.</summary>
internal static class ReportCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var settings = new ReportSettings();
        var path = new Argument<string>("agent") { Description = "The agent folder, onnx/catch say, or the folder of a training run." };
        var (environment, seed, episodes) = (AgentArguments.Environment(), AgentArguments.Seed(), AgentArguments.Episodes(settings.Episodes));
        var frames = AtLeastOne(new("--frames") { Description = "How many rows of the per-action picture are kept at most.", DefaultValueFactory = _ => settings.Frames });
        var output = new Option<string>("--out") { Description = "The HTML file to write.", DefaultValueFactory = _ => "report.html" };
        var runs = new Option<string[]>("--run")
        {
            Description = "Folders of training runs for the curves, other seeds say; a run's own is shown without.", AllowMultipleArgumentsPerToken = true,
        };
        var picture = new Option<string?>("--picture") { Description = "A PNG to write as well: the per-action picture of one row." };
        var step = new Option<int>("--picture-row") { Description = "Which row that is, from 0.", DefaultValueFactory = _ => 0 };
        AtLeastOne(episodes);
        var command = new Command("report", "Writes a page that shows what an agent learnt, sees and expects.")
        {
            path, seed, episodes, frames, output, runs, picture, step,
        };
        environment.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var from = parsed.GetRequiredValue(path);
            var (agent, run) = await AgentOrRun.LoadAsync(from, cancellation);
            using var loaded = agent;
            var content = AgentReport.Create(
                loaded,
                environment.Create(parsed, loaded, parsed.GetValue(seed), run),
                [.. run is null ? (string[])[] : [from], .. parsed.GetValue(runs) ?? []],
                settings with { Episodes = parsed.GetValue(episodes), Frames = parsed.GetValue(frames), Seed = parsed.GetValue(seed) },
                cancellation);
            var page = Path.GetFullPath(parsed.GetRequiredValue(output));
            HtmlReport.Write(page, content);
            console.MarkupLineInterpolated($"report: {page}");
            if (parsed.GetValue(picture) is { } file)
            {
                WritePicture(file, content, parsed.GetValue(step));
                console.MarkupLineInterpolated($"picture: {Path.GetFullPath(file)}");
            }
            return DreamerCommandLine.Success;
        });
        return command;
    }

    private static void WritePicture(string file, ReportContent content, int row)
    {
        if (row < 0 || row >= content.Frames.Count)
        {
            throw new ArgumentException(content.Frames.Count == 0
                ? "There is no per-action picture: it needs discrete actions and an image."
                : $"There is no row {row}: the rows are 0 to {content.Frames.Count - 1}.", nameof(row));
        }
        AtomicFile.WriteAllBytes(file, PerActionPicture.ToPng(content.Frames[row]));
    }

    private static Option<int> AtLeastOne(Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{option.Name} is {result.GetValueOrDefault<int>()}; it must be at least 1.");
            }
        });
        return option;
    }
}
