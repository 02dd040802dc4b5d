using System.CommandLine;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Optimization;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary>The command tree of <c>dreamer</c>.</summary>
public static class DreamerCommandLine
{
    /// <summary>The exit code of a successful command.</summary>
    public const int Success = 0;

    /// <summary>The exit code of a failed command: invalid input, a failed check, or a missed target.</summary>
    public const int Failure = 1;

    /// <summary>The exit code of a command stopped by Ctrl+C.</summary>
    public const int Stopped = 130;

    /// <summary>If this environment variable is set, errors are shown with a stack trace.</summary>
    public const string TraceVariable = "DREAMER_TRACE";

    // Long enough to finish an update and write a checkpoint after Ctrl+C.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="console">The console to write to.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        var root = new RootCommand("Trains DreamerV2 agents, exports them to ONNX, plays them, and scores recorded episodes with ML.NET.")
        {
            CurvesCommand.Create(console),
            DemoCommand.Create(console),
            DescribeCommand.Create(console),
            EnvCommand.Create(console),
            EvalCommand.Create(console),
            ExportCommand.Create(console),
            InspectCommand.Create(console),
            PlayCommand.Create(console),
            PresetsCommand.Create(console),
            ReportCommand.Create(console),
            ScoreCommand.Create(console),
            TrainCommand.Create(console),
            VerifyCommand.Create(console),
        };
        var writer = console.Profile.Out.Writer;
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopTimeout,
            Output = writer,
            Error = writer,
        };
        try
        {
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            console.MarkupLine("[yellow]stopped[/]");
            return Stopped;
        }
        catch (Exception e) when (IsUserError(e) && Environment.GetEnvironmentVariable(TraceVariable) is null)
        {
            console.MarkupLineInterpolated($"[red]error:[/] {MessageOf(e)}");
            return Failure;
        }
#pragma warning disable CA1031 // An unhandled exception would end the process with a core dump.
        catch (Exception e)
#pragma warning restore CA1031
        {
            console.MarkupLineInterpolated($"[red]unexpected error:[/] {e}");
            return Failure;
        }
    }

    /// <summary>The message without the parameter name, which only helps callers in C#.</summary>
    private static string MessageOf(Exception e) => e is ArgumentException { ParamName: { } name }
        ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;

    /// <summary>Whether the message alone tells the user what to fix, so that a stack trace would only be noise.</summary>
    private static bool IsUserError(Exception e) =>
        e is DllNotFoundException or InvalidAgentException or InvalidEpisodeException or InvalidEnvironmentException or EnvironmentFailedException or NonFiniteTensorException or QuantizationException
            or ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException;
}
