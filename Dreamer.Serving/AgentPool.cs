using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Dreamer.Inference;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dreamer.Serving;

/// <summary>A served agent: a bounded number of live sessions, whose steps are run together, and weights that can be swapped under way.</summary>
/// <remarks>
/// <para>Thread-safe. Who loads a pool disposes it; a service's container does where <c>AddDreamerAgent</c> registered it.</para>
/// <para>Sessions can be held (<see cref="RentAsync"/>) or addressed by id, as a service does for its clients (<see cref="IAgentServer"/>).</para>
/// <para>An episode ends on the weights it began with: a reload changes what the next episode begins with.</para>
/// </remarks>
public sealed partial class AgentPool : IAgentServer, IAsyncDisposable, IDisposable
{
    private readonly DreamerAgentOptions _options;
    private readonly ILogger _logger;
    private readonly ServingMetrics _metrics;
    private readonly SessionTable _table;
    private readonly StepScheduler _scheduler;
    private readonly ITimer _sweeps;
    private readonly Lock _gate = new();
    private volatile bool _draining;
    private int _disposed;

    private AgentPool(DreamerAgentOptions options, AgentGeneration first, TimeProvider time, ILogger logger, IMeterFactory? meters)
    {
        (_options, _current, Time, _logger) = (options, first, time, logger);
        var agent = first.Manifest.Name;
        _generations.Add(first);
        _metrics = new ServingMetrics(agent, meters);
        _table = new SessionTable(agent, options.Sessions, time);
        _scheduler = new StepScheduler(agent, options.Batching, time, _metrics);
        _imaginations = new SemaphoreSlim(options.Batching.Workers);
        _metrics.Observe(ServingDiagnostics.QueueLength, "{step}", "Steps that wait.", () => _scheduler.Queued);
        _metrics.Observe(ServingDiagnostics.ActiveSessions, "{session}", "Sessions that live.", () => _table.Live);
        _metrics.Observe(ServingDiagnostics.WaitingSessions, "{request}", "Callers that wait for a session.", () => _table.Waiting);
        _metrics.Observe(ServingDiagnostics.Generations, "{agent}", "Agents in memory.", () => Generations);
        var period = TimeSpan.FromTicks(Math.Max(options.Sessions.IdleTimeout.Ticks / 4, TimeSpan.TicksPerSecond));
        _sweeps = time.CreateTimer(_ => EvictIdle(), null, period, period);
        _polls = options.Reload.PollInterval is { } interval ? time.CreateTimer(_ => _ = PollAsync(), null, interval, interval) : null;
    }

    /// <summary>What the agent is that the next episode begins with.</summary>
    public AgentManifest Manifest => Current.Manifest;

    /// <summary>Whether episodes may begin: the agent passed its self-test, and the pool neither drains nor is disposed.</summary>
    public bool IsReady => !_draining;

    /// <summary>Whether no further episodes begin.</summary>
    public bool IsDraining => _draining;

    /// <summary>Sessions that live.</summary>
    public int LiveSessions => _table.Live;

    /// <summary>Callers that wait for a session.</summary>
    public int WaitingCallers => _table.Waiting;

    /// <summary>Steps that wait for their turn.</summary>
    public int QueuedSteps => _scheduler.Queued;

    internal TimeProvider Time { get; }

    internal TimeSpan IdleTimeout => _options.Sessions.IdleTimeout;

    internal int MaxHorizon => _options.Sessions.MaxHorizon;

    /// <summary>Loads an agent, verifies it, makes a self-test inference, and is ready to serve it.</summary>
    /// <param name="options">How.</param>
    /// <param name="time">The clock of deadlines, windows and evictions; null for the system's.</param>
    /// <param name="loggers">Where it logs; null for nowhere.</param>
    /// <param name="meters">Who makes its meter; null for a meter of its own.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
    /// <exception cref="InvalidAgentException">The folder is no agent, or does not compute what it came with.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computes numbers that are not finite.</exception>
    /// <exception cref="InvalidOperationException">The agent cannot run where it should: no GPU, say.</exception>
    public static AgentPool Load(DreamerAgentOptions options, TimeProvider? time = null, ILoggerFactory? loggers = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        DreamerAgentOptionsValidator.ThrowIfInvalid(options);
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<AgentPool>();
        var generation = AgentLoader.Load(options.Path, number: 1, options);
        Announce(logger, generation, options.Path, options);
        return new AgentPool(options, generation, time ?? TimeProvider.System, logger, meters);
    }

    /// <summary>Takes a session for an episode.</summary>
    /// <param name="options">How it acts; null for the defaults.</param>
    /// <param name="timeout">How long to wait for one where all are taken; null for <see cref="SessionPoolOptions.RentTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A session that the caller disposes, which frees it for the next one.</returns>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    /// <exception cref="InvalidDataException">The saved state is none, damaged, or of other weights.</exception>
    /// <exception cref="AgentOverloadedException">All sessions are taken, and as many callers wait as may.</exception>
    /// <exception cref="AgentDeadlineException">No session came free in time.</exception>
    /// <exception cref="AgentStoppingException">The pool drains or is disposed.</exception>
    public async Task<PooledSession> RentAsync(
        EpisodeOptions? options = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        options ??= new EpisodeOptions();
        options.Validate();
        RateLimitLease place;
        try
        {
            ThrowIfDraining();
            place = await _table.ReserveAsync(timeout ?? _options.Sessions.RentTimeout, cancellationToken);
        }
        catch (AgentServingException e)
        {
            _metrics.Rejected(e);
            throw;
        }
        try
        {
            return Begin(options, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>The session of an id.</summary>
    /// <exception cref="SessionNotFoundException">There is none: it never was, or it ended.</exception>
    /// <exception cref="SessionExpiredException">It was idle for too long.</exception>
    public PooledSession Find(string sessionId)
    {
        try
        {
            return _table.Find(sessionId);
        }
        catch (AgentServingException e)
        {
            throw Rejected(e);
        }
    }

    /// <summary>Ends the sessions that were idle for too long, as happens by itself from time to time.</summary>
    /// <returns>How many.</returns>
    public int EvictIdle()
    {
        var count = _table.Sweep();
        if (count > 0)
        {
            ServingLog.Evicted(_logger, Manifest.Name, count);
        }
        return count;
    }

    /// <summary>Begins no further episodes; those that live go on. <see cref="IsReady"/> says so to whoever balances load.</summary>
    public void Drain()
    {
        if (!IsDraining)
        {
            _draining = true;
            ServingLog.Draining(_logger, Manifest.Name, LiveSessions);
        }
    }

    /// <summary>Takes nothing new, answers all steps that were accepted, ends all sessions and frees the agent. Waits for steps and reloads under way.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }
        Drain();
        _sweeps.Dispose();
        _polls?.Dispose();
        _table.Dispose();
        _scheduler.Dispose();
        foreach (var session in _table.Snapshot())
        {
            session.End();
        }
        // Who waits to reload hears that there is nothing to reload.
        _reloading.Wait();
        _reloading.Release();
        Current.Release();
        _metrics.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    // Not on the caller's thread, which may have to serve meanwhile.
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    internal Task<AgentStep> Enqueue(PooledSession session, StepInput input, CancellationToken cancellationToken)
    {
        var step = new PendingStep(session, input, Time.GetTimestamp(), input.Timeout ?? _options.Batching.StepTimeout, cancellationToken);
        try
        {
            _scheduler.Enqueue(step);
        }
        catch (AgentServingException e)
        {
            _metrics.Rejected(e);
            throw;
        }
        return step.Task;
    }

    internal AgentServingException Gone(bool evicted) => Rejected(_table.Gone(evicted));

    internal AgentServingException Rejected(AgentServingException exception)
    {
        _metrics.Rejected(exception);
        return exception;
    }

    internal void Remove(PooledSession session, bool evicted)
    {
        _table.Remove(session, evicted);
        session.Generation.RemoveSession();
        if (evicted)
        {
            _metrics.Evicted();
        }
    }

    private void ThrowIfDraining()
    {
        if (IsDraining)
        {
            throw new AgentStoppingException(Manifest.Name);
        }
    }
}
