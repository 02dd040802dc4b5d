using Dreamer.Cli.Commands;
using Spectre.Console;

const int LogWidth = 200;

// A log is not wrapped to the 80 columns that are assumed where nothing is known of a terminal.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Console.Profile.Width = LogWidth;
}
return await DreamerCommandLine.RunAsync(args, AnsiConsole.Console);
