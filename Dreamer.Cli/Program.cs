using Dreamer.Cli.Commands;
using Dreamer.Inference;
using Spectre.Console;

const int LogWidth = 200;

OnnxRuntimeTelemetry.Disable();

// Redirected output would otherwise wrap at 80 columns, the default without a terminal.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Console.Profile.Width = LogWidth;
}
return await DreamerCommandLine.RunAsync(args, AnsiConsole.Console);
