using Dreamer.Inference;
using Dreamer.Inference.Stepping;

namespace Dreamer.Serving;

/// <summary>One live episode of a pool, until it is disposed, ended by its id, or idle for too long.</summary>
/// <remarks>
/// Thread-safe, one call at a time: a second call during the first is refused with <see cref="SessionBusyException"/> and disturbs
/// nothing. Whoever rented it disposes it; disposing it twice, or after it ended, does nothing. See <see cref="IAgentServer"/> for the exceptions of calls.
/// </remarks>
public sealed class PooledSession : IAsyncDisposable
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Ended = 2;
    private const int Evicted = 3;

    private readonly AgentPool _pool;
    private long _lastUse;
    private int _state;
    private volatile bool _endRequested;

    internal PooledSession(AgentPool pool, AgentGeneration generation, LiveEpisode episode, string id)
    {
        (_pool, Generation, Episode, Id) = (pool, generation, episode, id);
        _lastUse = pool.Time.GetTimestamp();
        Release = Leave;
        Info = new SessionInfo(id, episode.EpisodeId, episode.Seed, episode.Step, generation.Number);
    }

    /// <summary>The session's random id. It gives access to the session, so never log it.</summary>
    public string Id { get; }

    /// <summary>How the session started.</summary>
    public SessionInfo Info { get; }

    /// <summary>The manifest of the agent that the episode runs on.</summary>
    public AgentManifest Manifest => Generation.Manifest;

    /// <summary><see cref="Leave"/>, created once.</summary>
    internal Action Release { get; }

    internal AgentGeneration Generation { get; }

    internal LiveEpisode Episode { get; }

    /// <inheritdoc cref="IAgentServer.StepAsync"/>
    // Not an async method: refusals still come through the task, and accepted steps need no state machine.
    public Task<AgentStep> StepAsync(StepInput input, CancellationToken cancellationToken = default)
    {
        try
        {
            input.Validate(Manifest);
            cancellationToken.ThrowIfCancellationRequested();
            Enter();
        }
        catch (Exception e)
        {
            return Task.FromException<AgentStep>(e);
        }
        try
        {
            return _pool.Enqueue(this, input, cancellationToken);
        }
        catch (Exception e)
        {
            Leave();
            return Task.FromException<AgentStep>(e);
        }
    }

    /// <inheritdoc cref="IAgentServer.SaveAsync"/>
    public byte[] SaveState()
    {
        Enter();
        try
        {
            return Episode.Save(Generation.Fingerprint);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc cref="IAgentServer.ImagineAsync"/>
    public Task<IReadOnlyList<ImaginedStep>> ImagineAsync(
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizon, _pool.MaxHorizon);
        return ImagineAsync(imagination => imagination.Rollout(Episode.Latent, horizon, actions, sampling), cancellationToken);
    }

    /// <inheritdoc cref="IAgentServer.DescribeAsync"/>
    public Task<ImaginedState> DescribeAsync(CancellationToken cancellationToken = default) =>
        ImagineAsync(imagination => imagination.Describe(Episode.Latent), cancellationToken);

    /// <summary>Ends the session; a running call is answered first.</summary>
    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the session after the running call.</summary>
    internal void End()
    {
        _endRequested = true;
        TryEnd(evicted: false);
    }

    /// <summary>Reserves the session for one call.</summary>
    internal void Enter()
    {
        TryEvict();
        switch (Interlocked.CompareExchange(ref _state, Busy, Idle))
        {
            case Busy:
                throw _pool.Rejected(new SessionBusyException());
            case Ended:
                throw _pool.Gone(evicted: false);
            case Evicted:
                throw _pool.Gone(evicted: true);
            default:
                break;
        }
    }

    /// <summary>Releases the session after a call, and ends it if that was requested meanwhile.</summary>
    internal void Leave()
    {
        Volatile.Write(ref _lastUse, _pool.Time.GetTimestamp());
        // A full fence: either this thread sees the request to end, or the requester sees an idle session.
        Interlocked.Exchange(ref _state, Idle);
        if (_endRequested)
        {
            TryEnd(evicted: false);
        }
    }

    /// <summary>Ends the session if it was idle for too long.</summary>
    internal bool TryEvict() =>
        _pool.Time.GetElapsedTime(Volatile.Read(ref _lastUse)) >= _pool.IdleTimeout && TryEnd(evicted: true);

    private bool TryEnd(bool evicted)
    {
        if (Interlocked.CompareExchange(ref _state, evicted ? Evicted : Ended, Idle) != Idle)
        {
            return false;
        }
        _pool.Remove(this, evicted);
        return true;
    }

    private async Task<T> ImagineAsync<T>(Func<AgentImagination, T> ask, CancellationToken cancellationToken)
        where T : class
    {
        Enter();
        try
        {
            return await _pool.ImagineAsync(this, ask, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }
}
