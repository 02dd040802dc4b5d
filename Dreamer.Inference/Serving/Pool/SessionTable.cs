namespace Dreamer.Inference.Serving;

/// <summary>The sessions that live, by id, within bounds; who comes when all are taken waits in line, and the line is bounded too.</summary>
/// <remarks>Thread-safe. A place is reserved first, then filled by a session, and free again when that is removed.</remarks>
internal sealed class SessionTable(string agent, SessionPoolOptions options, TimeProvider time)
{
    // Who comes back to a session that was evicted is told so, unless very many were since.
    private const int Remembered = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PooledSession> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<TaskCompletionSource> _line = new();
    private readonly HashSet<string> _evicted = new(StringComparer.Ordinal);
    private readonly Queue<string> _evictedInOrder = new();
    private int _taken;
    private volatile bool _closed;

    /// <summary>Sessions that live.</summary>
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

    /// <summary>Callers that wait for a place.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _line.Count;
            }
        }
    }

    /// <summary>Takes a place, which <see cref="Add"/> fills or <see cref="GiveBack"/> frees.</summary>
    internal async Task ReserveAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (TryTakeOrQueue(turn, timeout))
        {
            return;
        }
        try
        {
            await turn.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LeaveLine(turn);
            if (e is TimeoutException)
            {
                throw new AgentDeadlineException($"A free session of agent '{agent}'", timeout);
            }
            throw;
        }
    }

    /// <summary>Puts a session on a place that was reserved.</summary>
    internal void Add(PooledSession session)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _sessions.Add(session.Id, session);
        }
    }

    /// <summary>Frees a place that was reserved and not filled.</summary>
    internal void GiveBack()
    {
        lock (_gate)
        {
            Free();
        }
    }

    internal PooledSession Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            return _sessions.TryGetValue(id, out var session) ? session : throw Gone(_evicted.Contains(id));
        }
    }

    /// <summary>What tells a caller that a session is gone.</summary>
    internal AgentServingException Gone(bool evicted) =>
        evicted ? new SessionExpiredException(options.IdleTimeout) : _closed ? new AgentStoppingException(agent) : new SessionNotFoundException();

    /// <summary>Takes a session out that ended, once.</summary>
    internal void Remove(PooledSession session, bool evicted)
    {
        lock (_gate)
        {
            _sessions.Remove(session.Id);
            if (evicted && _evicted.Add(session.Id))
            {
                _evictedInOrder.Enqueue(session.Id);
                if (_evictedInOrder.Count > Remembered)
                {
                    _evicted.Remove(_evictedInOrder.Dequeue());
                }
            }
            Free();
        }
    }

    /// <summary>Ends the sessions that were idle for too long.</summary>
    /// <returns>How many.</returns>
    internal int Sweep() => Snapshot().Count(session => session.TryEvict());

    internal PooledSession[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _sessions.Values];
        }
    }

    /// <summary>Refuses everyone who waits, and who comes from now on.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var turn in _line)
            {
                turn.TrySetException(new AgentStoppingException(agent));
            }
            _line.Clear();
        }
    }

    private bool TryTakeOrQueue(TaskCompletionSource turn, TimeSpan timeout)
    {
        // Once more after the sessions that nobody came back to are out.
        if (TryTake() || (Sweep() > 0 && TryTake()))
        {
            return true;
        }
        lock (_gate)
        {
            ThrowIfClosed();
            if (_taken < options.MaxSessions)
            {
                _taken++;
                return true;
            }
            if (timeout <= TimeSpan.Zero || _line.Count >= options.MaxWaiting)
            {
                throw AgentOverloadedException.PoolFull(options.MaxSessions, _line.Count);
            }
            _line.AddLast(turn);
            return false;
        }
    }

    private bool TryTake()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (_taken >= options.MaxSessions)
            {
                return false;
            }
            _taken++;
            return true;
        }
    }

    private void LeaveLine(TaskCompletionSource turn)
    {
        lock (_gate)
        {
            // Not in line any more: its turn came while it was leaving, or the service ends.
            if (!_line.Remove(turn) && turn.Task.IsCompletedSuccessfully)
            {
                Free();
            }
        }
    }

    // The place goes from hand to hand: who just came does not overtake who waits.
    private void Free()
    {
        if (_line.First is { } first)
        {
            _line.RemoveFirst();
            first.Value.SetResult();
        }
        else
        {
            _taken--;
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new AgentStoppingException(agent);
        }
    }
}
