using System.Diagnostics;

namespace AgentService.Load;

/// <summary>Watches how much memory a process holds.</summary>
internal sealed class MemoryProbe(int processId, TimeSpan warmUp)
{
    private readonly List<(double Minutes, double Megabytes)> _samples = [];

    /// <summary>The last measured memory of the process, in megabytes; 0 if it was not measured.</summary>
    public double Last => _samples.Count > 0 ? _samples[^1].Megabytes : 0;

    /// <summary>The slope of the least-squares line after the warm-up, in megabytes a minute; null if there are too few measurements.</summary>
    public double? Slope
    {
        get
        {
            var late = _samples.Where(s => s.Minutes >= warmUp.TotalMinutes).ToArray();
            if (late.Length < 10)
            {
                return null;
            }
            var (x, y) = (late.Average(s => s.Minutes), late.Average(s => s.Megabytes));
            return late.Sum(s => (s.Minutes - x) * (s.Megabytes - y)) / late.Sum(s => (s.Minutes - x) * (s.Minutes - x));
        }
    }

    /// <summary>Looks every second until it is stopped or the process ends.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var process = Process.GetProcessById(processId);
        var started = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested && !process.HasExited)
        {
            process.Refresh();
            _samples.Add((Stopwatch.GetElapsedTime(started).TotalMinutes, process.WorkingSet64 / 1e6));
            await Task.Delay(TimeSpan.FromSeconds(1), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
