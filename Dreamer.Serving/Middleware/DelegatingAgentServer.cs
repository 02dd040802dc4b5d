using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Passes every call on; the base class for decorators of <see cref="IAgentServer"/>.</summary>
/// <remarks>As thread-safe as the inner server, which it does not dispose.</remarks>
public abstract class DelegatingAgentServer : IAgentServer
{
    /// <summary>Wraps a server.</summary>
    /// <param name="inner">The server to pass calls on to.</param>
    protected DelegatingAgentServer(IAgentServer inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public virtual AgentManifest Manifest => Inner.Manifest;

    /// <summary>The inner server.</summary>
    protected IAgentServer Inner { get; }

    /// <inheritdoc/>
    public virtual Task<SessionInfo> StartAsync(EpisodeOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.StartAsync(options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<AgentStep> StepAsync(string sessionId, StepInput input, CancellationToken cancellationToken = default) =>
        Inner.StepAsync(sessionId, input, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<byte[]> SaveAsync(string sessionId, CancellationToken cancellationToken = default) =>
        Inner.SaveAsync(sessionId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ImaginedStep>> ImagineAsync(
        string sessionId,
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode,
        CancellationToken cancellationToken = default) =>
        Inner.ImagineAsync(sessionId, horizon, actions, sampling, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ImaginedState> DescribeAsync(string sessionId, CancellationToken cancellationToken = default) =>
        Inner.DescribeAsync(sessionId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task EndAsync(string sessionId, CancellationToken cancellationToken = default) => Inner.EndAsync(sessionId, cancellationToken);
}
