using System.CommandLine;
using Dreamer.Cli.Reporting;
using Dreamer.Inference;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer report</c>: a page with the learning curve and the per-action picture.</summary>
internal static class ReportCommand
{
    private const int DefaultEpisodes = 3;

    internal static Command Create(IAnsiConsole console)
    {
        var (agent, environment, seed, episodes) =
            (AgentArguments.Agent(), AgentArguments.Environment(), AgentArguments.Seed(), AgentArguments.Episodes(DefaultEpisodes));
        var output = new Option<string>("--out") { Description = "The HTML file to write.", DefaultValueFactory = _ => "report.html" };
        var run = new Option<string?>("--run") { Description = "The folder of the training run, for its learning curve." };
        var command = new Command("report", "Writes a page that shows what an agent learnt, sees and expects.")
        {
            agent, seed, episodes, output, run,
        };
        environment.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            using var loaded = DreamerAgent.Load(parsed.GetRequiredValue(agent));
            var content = AgentReport.Create(
                loaded,
                environment.Create(parsed, loaded, parsed.GetValue(seed)),
                parsed.GetValue(run),
                parsed.GetValue(episodes),
                parsed.GetValue(seed),
                cancellation);
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            HtmlReport.Write(path, content);
            console.MarkupLineInterpolated($"report: {path}");
            return Task.FromResult(DreamerCommandLine.Success);
        });
        return command;
    }
}
