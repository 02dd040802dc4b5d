using System.Diagnostics;
using System.Globalization;

namespace Dreamer.Benchmarks;

/// <summary>This program in a process of its own, which prints what it measured of itself.</summary>
internal static class FreshProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">What it is to do.</param>
    /// <returns>The numbers of the line that it prints.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static double[] Measure(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FreshProcess).Assembly.Location, .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The process of '{string.Join(' ', arguments)}' ended with exit code {process.ExitCode}: {line}");
    }
}
