using Dreamer.Cli.Commands;
using Spectre.Console;

const int LogWidth = 200;

// Redirected output would otherwise wrap at 80 columns, the default without a terminal.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Console.Profile.Width = LogWidth;
}
return await DreamerCommandLine.RunAsync(args, AnsiConsole.Console);
