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

    /// <summary>Those of them whose answers were sent to the end.</summary>
    public long AnsweredCount => Volatile.Read(ref _answered);

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void Answered() => Interlocked.Increment(ref _answered);

    /// <summary>Has something done when the service begins to end, or now where it does already.</summary>
    /// <param name="action">What; nobody waits for it.</param>
    /// <returns>Takes it back.</returns>
    public CancellationTokenRegistration WhenStopping(Func<Task> action) => lifetime.ApplicationStopping.Register(() => _ = action());
}
