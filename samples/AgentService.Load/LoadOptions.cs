namespace AgentService.Load;

/// <summary>How the episodes travel.</summary>
internal enum Transport
{
    Http,
    WebSocket,
}

/// <summary>The load on the service, and the bounds on its answers.</summary>
internal sealed record LoadOptions
{
    /// <summary>The service's address.</summary>
    public required Uri Url { get; init; }

    /// <summary>Clients at once, each with one episode after the other.</summary>
    public int Sessions { get; init; } = 16;

    /// <summary>Steps a second over all clients; 0 for as many as are answered.</summary>
    public double Rate { get; init; }

    /// <summary>How long.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    public Transport Transport { get; init; }

    /// <summary>Steps until a client ends its session and begins another.</summary>
    public int EpisodeLength { get; init; } = 100;

    /// <summary>Whether every step is followed by the same bytes to the echo endpoint.</summary>
    public bool Echo { get; init; } = true;

    /// <summary>Whether "full" and "busy" are answers like others, to be counted and not to be errors.</summary>
    public bool RejectionsAllowed { get; init; }

    /// <summary>Whether the service is expected to stop; the run then ends without an error.</summary>
    public bool UntilGone { get; init; }

    /// <summary>How long a client that was turned away waits.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The service's process id, to measure its memory; null to skip that.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The agents that are taken in turn; a name that begins with <c>bad</c> must be refused.</summary>
    public IReadOnlyList<string> Reloads { get; init; } = [];

    public TimeSpan ReloadEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The key of the reload endpoint.</summary>
    public string? ReloadKey { get; init; }

    /// <summary>The 99th percentile may be the agent's median time plus this multiple of the echo's 99th percentile; null for no limit.</summary>
    public double? EchoTimes { get; init; }

    /// <summary>The 99th percentile of being turned away may be so long; null for no limit.</summary>
    public TimeSpan? RejectionTime { get; init; }

    /// <summary>Megabytes a minute that memory may grow after <see cref="MemoryWarmUp"/>; null for no limit.</summary>
    public double? MemorySlope { get; init; }

    public TimeSpan MemoryWarmUp { get; init; } = TimeSpan.FromMinutes(2);
}
