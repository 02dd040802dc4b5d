using System.CommandLine;
using Dreamer.Training;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer presets</c>: lists the presets or prints one.</summary>
internal static class PresetsCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var name = new Argument<string?>("name")
        {
            Description = "Print this preset's file, as a starting point for your own (--preset FILE.json).",
            DefaultValueFactory = _ => null,
        };
        var algorithm = new Option<string?>("--algorithm") { Description = "Print the options that this algorithm sets on top of a preset." };
        var command = new Command("presets", "Lists the presets, or prints one with its comments.") { name, algorithm };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(algorithm) is { } which)
            {
                console.WriteLine(DreamerPresets.TextOfAlgorithm(which));
            }
            else if (parsed.GetValue(name) is { } preset)
            {
                console.WriteLine(DreamerPresets.TextOf(preset));
            }
            else
            {
                List(console);
            }
        });
        return command;
    }

    private static void List(IAnsiConsole console)
    {
        var table = new Table().AddColumns("preset", "description").Border(TableBorder.None).HideHeaders();
        foreach (var name in DreamerPresets.Names)
        {
            var text = DreamerPresets.TextOf(name);
            var comment = text.Split('\n').TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal)).Select(line => line[2..].Trim());
            table.AddRow(new Markup($"[bold]{name}[/]"), new Text(string.Join(' ', comment)));
        }
        console.Write(table);
    }
}
