using System.Threading.RateLimiting;

namespace Dreamer.Serving;

/// <summary>The live sessions by id. Their number is bounded, and so is the line of callers that wait for a free one, first come first served.</summary>
/// <remarks>Thread-safe. A place is reserved first and then filled by a session; removing the session frees it.</remarks>
internal sealed class SessionTable : IDisposable
{
    // A caller that comes back to an evicted session is told so, unless this many were evicted since.
    private const int RememberedEvictions = 4096;

    private readonly string _agent;
    private readonly SessionPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrencyLimiter _places;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (PooledSession Session, RateLimitLease Place)> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _evicted = new(StringComparer.Ordinal);
    private readonly Queue<string> _evictedInOrder = new();
    private volatile bool _closed;

    internal SessionTable(string agent, SessionPoolOptions options, TimeProvider time)
    {
        (_agent, _options, _time) = (agent, options, time);
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxSessions,
            QueueLimit = options.MaxWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>The number of live sessions.</summary>
    internal int Live
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>The number of callers that wait for a place.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _closed ? 0 : (int)_places.GetStatistics()!.CurrentQueuedCount;
            }
        }
    }

    /// <summary>Reserves a place; the caller passes it to <see cref="Add"/> or disposes it.</summary>
    /// <exception cref="AgentOverloadedException">All places are taken, and the line is full.</exception>
    /// <exception cref="AgentDeadlineException">No place became free in time.</exception>
    /// <exception cref="AgentStoppingException">The table is closed.</exception>
    internal async Task<RateLimitLease> ReserveAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await TryReserveAsync(timeout, cancellationToken) ?? throw AgentOverloadedException.PoolFull(_options.MaxSessions, Waiting);
        }
        catch (Exception e) when (_closed && (e is ObjectDisposedException or AgentOverloadedException))
        {
            throw new AgentStoppingException(_agent);
        }
    }

    /// <summary>Puts a session on a reserved place.</summary>
    internal void Add(PooledSession session, RateLimitLease place)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _sessions.Add(session.Id, (session, place));
        }
    }

    internal PooledSession Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            return _sessions.TryGetValue(id, out var entry) ? entry.Session : throw Gone(_evicted.Contains(id));
        }
    }

    /// <summary>The error that tells a caller that a session is gone.</summary>
    internal AgentServingException Gone(bool evicted) =>
        evicted ? new SessionExpiredException(_options.IdleTimeout) : _closed ? new AgentStoppingException(_agent) : new SessionNotFoundException();

    /// <summary>Removes a session that ended and frees its place.</summary>
    internal void Remove(PooledSession session, bool evicted)
    {
        RateLimitLease place;
        lock (_gate)
        {
            if (!_sessions.Remove(session.Id, out var entry))
            {
                return;
            }
            place = entry.Place;
            if (evicted && _evicted.Add(session.Id))
            {
                _evictedInOrder.Enqueue(session.Id);
                if (_evictedInOrder.Count > RememberedEvictions)
                {
                    _evicted.Remove(_evictedInOrder.Dequeue());
                }
            }
        }
        place.Dispose();
    }

    /// <summary>Ends the sessions that were idle for too long.</summary>
    /// <returns>The number of sessions that ended.</returns>
    internal int Sweep() => Snapshot().Count(session => session.TryEvict());

    internal PooledSession[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _sessions.Values.Select(entry => entry.Session)];
        }
    }

    /// <summary>Refuses all waiting and future callers.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _places.Dispose();
        }
    }

    private static RateLimitLease? Acquired(RateLimitLease lease) => lease.IsAcquired ? lease : null;

    private async Task<RateLimitLease?> TryReserveAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Idle sessions give up their places before anyone has to wait.
        if (Acquired(_places.AttemptAcquire()) is { } free || (Sweep() > 0 && (free = Acquired(_places.AttemptAcquire())) is not null))
        {
            return free;
        }
        return timeout > TimeSpan.Zero ? Acquired(await WaitAsync(timeout, cancellationToken)) : null;
    }

    private async Task<RateLimitLease> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await _places.AcquireAsync(permitCount: 1, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AgentDeadlineException($"A free session of agent '{_agent}'", timeout);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new AgentStoppingException(_agent);
        }
    }
}
