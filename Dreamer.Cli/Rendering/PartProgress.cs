using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Shows progress over a list of parts: a bar in a terminal, a line per tenth elsewhere.</summary>
internal static class PartProgress
{
    private const int Lines = 10;

    /// <summary>Processes parts one after the other.</summary>
    /// <param name="console">The console to write to.</param>
    /// <param name="name">The name to show.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="work">Processes one part.</param>
    /// <param name="cancellationToken">Stops between two parts.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal static void Run(IAnsiConsole console, string name, IReadOnlyList<int> parts, Action<int> work, CancellationToken cancellationToken)
    {
        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
        {
            console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
            {
                var bar = context.AddTask(name, maxValue: Math.Max(1, parts.Count));
                Run(parts, work, _ => bar.Increment(1), cancellationToken);
            });
            return;
        }
        var shown = 0;
        Run(parts, work, done =>
        {
            if (done * Lines / parts.Count > shown)
            {
                shown = done * Lines / parts.Count;
                console.WriteLine($"  {name}: {done} of {parts.Count} parts");
            }
        }, cancellationToken);
    }

    private static void Run(IReadOnlyList<int> parts, Action<int> work, Action<int> completed, CancellationToken cancellationToken)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            work(parts[i]);
            completed(i + 1);
        }
    }
}
