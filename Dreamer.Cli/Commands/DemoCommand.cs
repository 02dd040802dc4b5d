using System.CommandLine;
using Dreamer.Cli.Demo;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer demo</c>: everything the product does, small and real.</summary>
internal static class DemoCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var quick = new Option<bool>("--quick") { Description = "A few dozen updates: every step in a moment, no learning claimed." };
        var folder = new Option<string>("--folder")
        {
            Description = "Where the demo keeps what it makes; started again in the same folder it resumes.",
            DefaultValueFactory = result => result.GetValue(quick) ? "runs/demo-quick" : "runs/demo",
        };
        var seed = AgentArguments.Seed();
        var updates = new Option<long?>("--updates") { Description = "Updates at most; past them a demo that has not learnt fails." };
        var command = new Command("demo", "Trains on Catch, exports, records, scores with ML.NET, plays and reports, in about five minutes on two cores.")
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
