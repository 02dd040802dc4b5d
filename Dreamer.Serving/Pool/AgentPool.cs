using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Dreamer.Inference;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dreamer.Serving;

/// <summary>A served agent: a bounded number of live sessions whose steps run together, and weights that can be replaced while serving.</summary>
/// <remarks>
/// <para>Thread-safe. Whoever loads a pool disposes it; with <c>AddDreamerAgent</c> the container does.</para>
/// <para>Sessions can be held (<see cref="RentAsync"/>) or addressed by id, as a service does for its clients (<see cref="IAgentServer"/>).</para>
/// <para>An episode ends on the weights it started with; a reload applies to later episodes.</para>
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
        _metrics.Observe(ServingDiagnostics.QueueLength, "{step}", "Waiting steps.", () => _scheduler.Queued);
        _metrics.Observe(ServingDiagnostics.ActiveSessions, "{session}", "Live sessions.", () => _table.Live);
        _metrics.Observe(ServingDiagnostics.WaitingSessions, "{request}", "Callers that wait for a session.", () => _table.Waiting);
        _metrics.Observe(ServingDiagnostics.Generations, "{agent}", "Agents in memory.", () => Generations);
        var period = TimeSpan.FromTicks(Math.Max(options.Sessions.IdleTimeout.Ticks / 4, TimeSpan.TicksPerSecond));
        _sweeps = time.CreateTimer(_ => EvictIdle(), null, period, period);
        _polls = options.Reload.PollInterval is { } interval ? time.CreateTimer(_ => _ = PollAsync(), null, interval, interval) : null;
    }

    /// <summary>The manifest of the agent that the next episode starts with.</summary>
    public AgentManifest Manifest => Current.Manifest;

    /// <summary>Whether episodes can start: the agent passed its self-test, and the pool is neither draining nor disposed.</summary>
    public bool IsReady => !_draining;

    /// <summary>Whether the pool starts no more episodes.</summary>
    public bool IsDraining => _draining;

    /// <summary>The number of live sessions.</summary>
    public int LiveSessions => _table.Live;

    /// <summary>The number of callers that wait for a session.</summary>
    public int WaitingCallers => _table.Waiting;

    /// <summary>The number of steps that wait for their turn.</summary>
    public int QueuedSteps => _scheduler.Queued;

    internal TimeProvider Time { get; }

    internal TimeSpan IdleTimeout => _options.Sessions.IdleTimeout;

    internal int MaxHorizon => _options.Sessions.MaxHorizon;

    /// <summary>Loads an agent, verifies it, runs a self-test inference, and starts serving.</summary>
    /// <param name="options">The options.</param>
    /// <param name="time">The clock of deadlines, windows and evictions; null for the system's.</param>
    /// <param name="loggers">Creates the logger; null for no log.</param>
    /// <param name="meters">Creates the meter; null for a private one.</param>
    /// <exception cref="ArgumentException">The options are invalid; the message lists every error.</exception>
    /// <exception cref="InvalidAgentException">The folder is not an agent, or does not reproduce its test data.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computes numbers that are not finite.</exception>
    /// <exception cref="InvalidOperationException">The agent cannot run on the requested device, for example because there is no GPU.</exception>
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
    /// <param name="timeout">How long to wait if all sessions are taken; null for <see cref="SessionPoolOptions.RentTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A session that the caller disposes, which frees it for the next one.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="InvalidDataException">The saved state is not a state, damaged, or of other weights.</exception>
    /// <exception cref="AgentOverloadedException">All sessions are taken, and the waiting line is full.</exception>
    /// <exception cref="AgentDeadlineException">No session became free in time.</exception>
    /// <exception cref="AgentStoppingException">The pool is draining or disposed.</exception>
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

    /// <summary>Finds a session by its id.</summary>
    /// <exception cref="SessionNotFoundException">There is none with this id: it never existed, or it ended.</exception>
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

    /// <summary>Ends the sessions that were idle for too long; this also happens periodically.</summary>
    /// <returns>The number of sessions that ended.</returns>
    public int EvictIdle()
    {
        var count = _table.Sweep();
        if (count > 0)
        {
            ServingLog.Evicted(_logger, Manifest.Name, count);
        }
        return count;
    }

    /// <summary>Starts no more episodes; live ones continue. <see cref="IsReady"/> tells load balancers.</summary>
    public void Drain()
    {
        if (!IsDraining)
        {
            _draining = true;
            ServingLog.Draining(_logger, Manifest.Name, LiveSessions);
        }
    }

    /// <summary>Accepts nothing new, answers all accepted steps, ends all sessions and frees the agent. Waits for running steps and reloads.</summary>
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
        // Callers that wait to reload get an exception.
        _reloading.Wait();
        _reloading.Release();
        Current.Release();
        _metrics.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    // Not on the caller's thread, which may have to serve requests meanwhile.
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    internal Task<AgentStep> Enqueue(PooledSession session, StepInput input, CancellationToken cancellationToken)
    {
        var step = new PendingStep(
            session.Generation, session.Episode, session.Release, input, Time.GetTimestamp(), input.Timeout ?? _options.Batching.StepTimeout, cancellationToken);
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
