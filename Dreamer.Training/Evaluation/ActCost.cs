using System.Diagnostics;

namespace Dreamer.Training.Evaluation;

/// <summary>The cost of acting.</summary>
/// <param name="Calls">The number of measured calls.</param>
/// <param name="Median">The median time of a call.</param>
/// <param name="BytesPerCall">Managed bytes allocated per call, on average.</param>
public sealed record ActCost(int Calls, TimeSpan Median, double BytesPerCall)
{
    internal static ActCost FromTicks(List<long> ticks, long bytes)
    {
        if (ticks.Count == 0)
        {
            return new ActCost(0, TimeSpan.Zero, 0);
        }
        var sorted = ticks.Order().ToArray();
        return new ActCost(ticks.Count, Stopwatch.GetElapsedTime(0, sorted[sorted.Length / 2]), (double)bytes / ticks.Count);
    }
}
