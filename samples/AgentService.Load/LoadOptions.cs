namespace AgentService.Load;

/// <summary>How the episodes travel.</summary>
internal enum Transport
{
    Http,
    WebSocket,
}

/// <summary>What is asked of the service, and what must hold of its answers.</summary>
internal sealed record LoadOptions
{
    /// <summary>Where the service listens.</summary>
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

    /// <summary>Whether the service is expected to go away: then the run ends, and it is no error.</summary>
    public bool UntilGone { get; init; }

    /// <summary>How long a client that was turned away waits.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The process of the service, for its memory; null where that is of no interest.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The agents that are taken in turn; a name that begins with <c>bad</c> must be refused.</summary>
    public IReadOnlyList<string> Reloads { get; init; } = [];

    public TimeSpan ReloadEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the reload endpoint asks for.</summary>
    public string? ReloadKey { get; init; }

    /// <summary>The 99th percentile may be the median time in the agent and so many times the echo's 99th percentile; null for no limit.</summary>
    public double? EchoTimes { get; init; }

    /// <summary>The 99th percentile of being turned away may be so long; null for no limit.</summary>
    public TimeSpan? RejectionTime { get; init; }

    /// <summary>Megabytes a minute that memory may grow after <see cref="MemoryWarmUp"/>; null for no limit.</summary>
    public double? MemorySlope { get; init; }

    public TimeSpan MemoryWarmUp { get; init; } = TimeSpan.FromMinutes(2);
}
