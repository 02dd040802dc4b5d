using Dreamer.Cli.Commands;
using Spectre.Console;

namespace Dreamer.Cli.Tests;

/// <summary>Runs <c>dreamer</c> in this process, as where its output is no terminal.</summary>
internal static class CommandLine
{
    internal static string Agent { get; } = RepositoryRoot.File("onnx", "catch");

    internal static string Recordings { get; } = RepositoryRoot.File("samples", "recordings", "*.npz");

    internal static async Task<(int ExitCode, string Output)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 400;
        var code = await DreamerCommandLine.RunAsync(args, console);
        return (code, output.ToString());
    }
}
