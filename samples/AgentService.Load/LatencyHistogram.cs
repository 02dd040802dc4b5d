using System.Diagnostics;

namespace AgentService.Load;

/// <summary>Durations in buckets that are 2 % apart: a fixed size for any number of them.</summary>
/// <remarks>Thread-safe. A percentile is the upper end of its bucket.</remarks>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.02;
    private const double Smallest = 1e-6;

    private readonly long[] _counts = new long[1000];
    private long _longestTicks;

    /// <summary>How many durations there were.</summary>
    public long Count => _counts.Sum();

    /// <summary>The longest one in seconds.</summary>
    public double Longest => _longestTicks / (double)Stopwatch.Frequency;

    /// <summary>Adds a duration.</summary>
    /// <param name="seconds">How long it took.</param>
    public void Add(double seconds)
    {
        var bucket = (int)Math.Ceiling(Math.Log(Math.Max(seconds, Smallest) / Smallest) / Math.Log(Growth));
        Interlocked.Increment(ref _counts[Math.Min(bucket, _counts.Length - 1)]);
        var ticks = (long)(seconds * Stopwatch.Frequency);
        for (var longest = Volatile.Read(ref _longestTicks); ticks > longest; longest = Volatile.Read(ref _longestTicks))
        {
            Interlocked.CompareExchange(ref _longestTicks, ticks, longest);
        }
    }

    /// <summary>The duration in seconds of a quantile; 0 without durations.</summary>
    /// <param name="part">The quantile, for example 0.99.</param>
    public double Percentile(double part)
    {
        var rest = (long)Math.Ceiling(part * Count);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            rest -= _counts[bucket];
            if (rest <= 0)
            {
                return Count == 0 ? 0 : Math.Min(Smallest * Math.Pow(Growth, bucket), Math.Max(Longest, Smallest));
            }
        }
        return Longest;
    }

    /// <summary>A line of a table.</summary>
    public override string ToString() => Count == 0
        ? "none"
        : $"{Count,9} p50 {Text(0.5)} p90 {Text(0.9)} p99 {Text(0.99)} p99.9 {Text(0.999)} max {Longest * 1e3,8:F2} ms";

    private string Text(double part) => $"{Percentile(part) * 1e3,8:F2} ms";
}
