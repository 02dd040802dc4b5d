using System.CommandLine;
using Dreamer.Cli.Demo;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer demo</c>: the whole product end to end, on a small task.</summary>
internal static class DemoCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var quick = new Option<bool>("--quick") { Description = "Run every stage quickly, with a few dozen updates; the agent learns nothing." };
        var folder = new Option<string>("--folder")
        {
            Description = "The folder for the demo's files; run again with the same folder, the demo resumes.",
            DefaultValueFactory = result => result.GetValue(quick) ? "runs/demo-quick" : "runs/demo",
        };
        var seed = AgentArguments.Seed();
        var updates = new Option<long?>("--updates") { Description = "The maximum number of updates; the demo fails if it has not reached its target by then." };
        var command = new Command("demo", "Trains on Catch, exports, records, scores with ML.NET, plays and reports, in one to two minutes on two cores.")
        {
            quick, folder, seed, updates,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = parsed.GetValue(quick) ? DemoSettings.Quick(parsed.GetValue(seed)) : DemoSettings.Full(parsed.GetValue(seed));
            if (parsed.GetValue(updates) is { } most)
            {
                settings = settings with { Options = settings.Options with { MaxUpdates = most } };
            }
            var root = new DemoFolder(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            var done = await new DemoRunner(console, settings, root, TimeProvider.System).RunAsync(cancellation);
            return done ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }
}
