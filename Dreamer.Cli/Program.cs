using Dreamer.Cli.Commands;
using Spectre.Console;

return await DreamerCommandLine.RunAsync(args, AnsiConsole.Console);
