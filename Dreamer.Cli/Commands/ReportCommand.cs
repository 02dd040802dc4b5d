using System.CommandLine;
using Dreamer.Cli.Reporting;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer report</c>: writes an HTML page with learning curves, the per-action picture, imagined against real observations, and the latent state.</summary>
internal static class ReportCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var settings = new ReportSettings();
        var path = AgentArguments.AgentOrRun();
        var (environment, seed, episodes) = (AgentArguments.Environment(), AgentArguments.Seed(), AgentArguments.Episodes(settings.Episodes));
        var frames = AgentArguments.AtLeastOne(new("--frames") { Description = "The maximum number of rows in the per-action picture.", DefaultValueFactory = _ => settings.Frames });
        var output = new Option<string>("--out") { Description = "The HTML file to write.", DefaultValueFactory = _ => "report.html" };
        var runs = new Option<string[]>("--run")
        {
            Description = "Folders of more training runs to draw curves for, such as other seeds; the report on a run always includes its own curve.", AllowMultipleArgumentsPerToken = true,
        };
        var pictures = new PictureArguments();
        var command = new Command("report", "Writes an HTML page that shows what an agent learned, observes and predicts.")
        {
            path, seed, episodes, frames, output, runs,
        };
        pictures.AddTo(command);
        environment.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var from = parsed.GetRequiredValue(path);
            var (agent, run) = await AgentOrRun.LoadAsync(from, options => environment.Choose(parsed, options), cancellation);
            using var loaded = agent;
            var played = environment.Create(parsed, loaded, parsed.GetValue(seed), run);
            using var disposed = played as IDisposable;
            var content = AgentReport.Create(
                loaded,
                played,
                [.. run is null ? (string[])[] : [from], .. parsed.GetValue(runs) ?? []],
                settings with { Episodes = parsed.GetValue(episodes), Frames = parsed.GetValue(frames), Seed = parsed.GetValue(seed) },
                cancellation);
            var page = Path.GetFullPath(parsed.GetRequiredValue(output));
            HtmlReport.Write(page, content);
            console.MarkupLineInterpolated($"report: {page}");
            pictures.Write(console, parsed, content.Frames, cancellation);
            return DreamerCommandLine.Success;
        });
        return command;
    }
}
