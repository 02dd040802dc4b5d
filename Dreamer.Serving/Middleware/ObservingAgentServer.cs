using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Observes every call; the common base of logging and telemetry.</summary>
internal abstract class ObservingAgentServer(IAgentServer inner) : DelegatingAgentServer(inner)
{
    /// <inheritdoc/>
    public override Task<SessionInfo> StartAsync(EpisodeOptions? options = null, CancellationToken cancellationToken = default) =>
        WatchAsync("start", sessionId: null, () => Inner.StartAsync(options, cancellationToken));

    /// <inheritdoc/>
    public override Task<AgentStep> StepAsync(string sessionId, StepInput input, CancellationToken cancellationToken = default) => IsWatching
        ? WatchAsync("step", sessionId, () => Inner.StepAsync(sessionId, input, cancellationToken))
        : Inner.StepAsync(sessionId, input, cancellationToken);

    /// <inheritdoc/>
    public override Task<byte[]> SaveAsync(string sessionId, CancellationToken cancellationToken = default) =>
        WatchAsync("save", sessionId, () => Inner.SaveAsync(sessionId, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ImaginedStep>> ImagineAsync(
        string sessionId,
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode,
        CancellationToken cancellationToken = default) =>
        WatchAsync("imagine", sessionId, () => Inner.ImagineAsync(sessionId, horizon, actions, sampling, cancellationToken));

    /// <inheritdoc/>
    public override Task<ImaginedState> DescribeAsync(string sessionId, CancellationToken cancellationToken = default) =>
        WatchAsync("describe", sessionId, () => Inner.DescribeAsync(sessionId, cancellationToken));

    /// <inheritdoc/>
    public override Task EndAsync(string sessionId, CancellationToken cancellationToken = default) => WatchAsync("end", sessionId, async () =>
    {
        await Inner.EndAsync(sessionId, cancellationToken);
        return sessionId;
    });

    /// <summary>Whether anyone listens: steps are frequent, and unobserved ones must cost nothing.</summary>
    protected abstract bool IsWatching { get; }

    /// <summary>Makes a call and tells of it.</summary>
    protected abstract Task<T> WatchAsync<T>(string operation, string? sessionId, Func<Task<T>> call);
}
