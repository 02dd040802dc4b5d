namespace AgentService.Load.Clients;

/// <summary>Carries one episode after the other to the service. One call at a time.</summary>
internal interface IEpisodeClient : IAsyncDisposable
{
    /// <summary>Begins a session.</summary>
    Task<Reply> BeginAsync(ulong seed, CancellationToken cancellation);

    /// <summary>Has the agent act on an observation.</summary>
    Task<Reply> StepAsync(ReadOnlyMemory<byte> observation, CancellationToken cancellation);

    /// <summary>Sends the same bytes to the echo endpoint.</summary>
    Task<Reply> EchoAsync(ReadOnlyMemory<byte> observation, CancellationToken cancellation);

    /// <summary>Ends the session.</summary>
    Task<Reply> EndAsync(CancellationToken cancellation);
}
