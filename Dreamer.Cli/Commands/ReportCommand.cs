using System.CommandLine;
using System.CommandLine.Parsing;
using Dreamer.Cli.Reporting;
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
        var pictures = new PictureArguments();
        AtLeastOne(episodes);
        var command = new Command("report", "Writes a page that shows what an agent learnt, sees and expects.")
        {
            path, seed, episodes, frames, output, runs,
        };
        pictures.AddTo(command);
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
            pictures.Write(console, parsed, content.Frames, cancellation);
            return DreamerCommandLine.Success;
        });
        return command;
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
