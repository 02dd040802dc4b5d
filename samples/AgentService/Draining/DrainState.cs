namespace AgentService.Draining;

/// <summary>Whether the service ends, and whether everything that it accepted was answered. Thread-safe.</summary>
internal sealed class DrainState(IHostApplicationLifetime lifetime)
{
    private long _accepted;
    private long _answered;

    /// <summary>Whether new work is refused.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Requests and messages of WebSockets that were begun.</summary>
    public long AcceptedCount => Volatile.Read(ref _accepted);

    /// <summary>The requests whose answers were sent completely.</summary>
    public long AnsweredCount => Volatile.Read(ref _answered);

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void Answered() => Interlocked.Increment(ref _answered);

    /// <summary>Runs an action when the service starts stopping, or now if it already is.</summary>
    /// <param name="action">The action; it is not awaited.</param>
    /// <returns>Takes it back.</returns>
    public CancellationTokenRegistration WhenStopping(Func<Task> action) => lifetime.ApplicationStopping.Register(() => _ = action());
}
