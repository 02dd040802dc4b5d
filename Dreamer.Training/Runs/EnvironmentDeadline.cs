namespace Dreamer.Training.Runs;

/// <summary>How long a run waits for a call of an environment.</summary>
/// <param name="timeout">The longest time, or null without a limit.</param>
internal sealed class EnvironmentDeadline(TimeSpan? timeout)
{
    /// <summary>The longest time, or null without a limit.</summary>
    public TimeSpan? Timeout => timeout;

    /// <summary>The longest time in milliseconds, -1 without a limit.</summary>
    public int Milliseconds => timeout is { } limit ? (int)Math.Min(limit.TotalMilliseconds, int.MaxValue) : -1;

    /// <summary>Stops the run.</summary>
    public CancellationToken Cancellation { get; set; }
}
