using System.Diagnostics;

namespace Dreamer.Training.Benchmarks;

/// <summary>Times by the clock, and by what processors worked.</summary>
internal readonly struct UpdateWatch
{
    private readonly long _start;
    private readonly TimeSpan _processor;

    private UpdateWatch(long start, TimeSpan processor) => (_start, _processor) = (start, processor);

    public static UpdateWatch Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public Elapsed Stop() => new(
        Stopwatch.GetElapsedTime(_start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - _processor).TotalMilliseconds);
}

/// <summary>How long something took, in milliseconds.</summary>
/// <param name="Clock">By the clock.</param>
/// <param name="Processor">What processors worked on it in this process.</param>
internal readonly record struct Elapsed(double Clock, double Processor)
{
    /// <summary>What is compared: with one thread what it worked, which does not depend on what else the machine does; else the clock.</summary>
    public double Of(int threads) => threads == 1 ? Processor : Clock;
}
