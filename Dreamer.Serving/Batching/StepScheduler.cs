using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>A bounded queue of steps and the threads that run them, several sessions' steps as one batch.</summary>
/// <remarks>
/// <para>Thread-safe. A batch begins when it is full, when every live session is in it, or when its oldest step waited for the window.</para>
/// <para>
/// Threads of its own: a step neither waits for the thread pool nor blocks it, and a worker keeps its buffers. Times are compared by the
/// <see cref="TimeProvider"/>'s timestamps.
/// </para>
/// </remarks>
internal sealed class StepScheduler : IDisposable
{
    // Fewer rows than these are not shared out between workers: each would read the weights for little.
    private const int SmallestShare = 16;

    private readonly object _gate = new();
    private readonly List<AgentGeneration> _waiting = [];
    private readonly BatchingOptions _options;
    private readonly TimeProvider _time;
    private readonly ServingMetrics _metrics;
    private readonly Thread[] _workers;
    private int _queued;
    private int _idle;
    private bool _stopping;

    internal StepScheduler(string agent, BatchingOptions options, TimeProvider time, ServingMetrics metrics)
    {
        (_options, _time, _metrics) = (options, time, metrics);
        _workers = new Thread[options.Workers];
        for (var i = 0; i < _workers.Length; i++)
        {
            var worker = i;
            _workers[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"dreamer {agent} {i}" };
            _workers[i].Start();
        }
    }

    /// <summary>Steps that wait.</summary>
    internal int Queued => Volatile.Read(ref _queued);

    /// <summary>Queues a step.</summary>
    /// <exception cref="AgentOverloadedException">As many wait as may.</exception>
    /// <exception cref="AgentStoppingException">The service ends.</exception>
    internal void Enqueue(PendingStep step)
    {
        var generation = step.Generation;
        lock (_gate)
        {
            if (_stopping)
            {
                throw new AgentStoppingException(generation.Manifest.Name);
            }
            if (_queued >= _options.MaxQueued)
            {
                throw AgentOverloadedException.QueueFull(_options.MaxQueued);
            }
            _queued++;
            generation.Pending.Enqueue(step);
            if (generation.Pending.Count == 1)
            {
                _waiting.Add(generation);
            }
            // A worker that waits for the window needs to hear of the first step, and of the one that ends the wait.
            if (_idle > 0 && (generation.Pending.Count == 1 || IsFull(generation)))
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Takes no further steps, answers those that wait, and ends the threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
        foreach (var worker in _workers)
        {
            worker.Join();
        }
    }

    private void Work(int worker)
    {
        var (batch, over) = (new List<PendingStep>(_options.Rows), new List<PendingStep>());
        while (Take(batch, over) is { } generation)
        {
            Run(generation, batch, worker);
            lock (_gate)
            {
                generation.Running -= batch.Count;
            }
            Complete(over);
            Complete(batch);
            generation.Release();
        }
    }

    /// <summary>Waits for a batch.</summary>
    /// <param name="batch">Receives its steps; none where all that waited are over.</param>
    /// <param name="over">Receives those whose turn came too late.</param>
    /// <returns>The generation that it runs on, with a reference that the caller gives back; null when there will be no more.</returns>
    private AgentGeneration? Take(List<PendingStep> batch, List<PendingStep> over)
    {
        lock (_gate)
        {
            while (true)
            {
                var wait = Timeout.InfiniteTimeSpan;
                if (Ready(ref wait) is { } generation)
                {
                    Fill(generation, batch, over);
                    return generation;
                }
                if (_stopping && _queued == 0)
                {
                    return null;
                }
                _idle++;
                Monitor.Wait(_gate, wait);
                _idle--;
            }
        }
    }

    /// <summary>The generation whose batch may begin, the oldest step's first; else how long until one may.</summary>
    private AgentGeneration? Ready(ref TimeSpan wait)
    {
        AgentGeneration? ready = null;
        foreach (var generation in _waiting)
        {
            var oldest = generation.Pending.Peek().Enqueued;
            var rest = _options.Enabled ? _options.Window - _time.GetElapsedTime(oldest) : TimeSpan.Zero;
            if (rest <= TimeSpan.Zero || _stopping || IsFull(generation))
            {
                ready = ready is null || oldest < ready.Pending.Peek().Enqueued ? generation : ready;
            }
            else if (wait == Timeout.InfiniteTimeSpan || rest < wait)
            {
                // Rounded up to what the wait can be told: 0 would spin.
                wait = TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds));
            }
        }
        return ready;
    }

    private bool IsFull(AgentGeneration generation) =>
        generation.Pending.Count >= Math.Min(_options.Rows, Math.Max(1, generation.Live - generation.Running));

    private void Fill(AgentGeneration generation, List<PendingStep> batch, List<PendingStep> over)
    {
        var pending = generation.Pending;
        var share = Math.Max(SmallestShare, (pending.Count + _idle) / (1 + _idle));
        var rows = Math.Min(_options.Rows, share);
        while (batch.Count < rows && pending.TryDequeue(out var step))
        {
            _queued--;
            (step.IsOver(_time.GetElapsedTime(step.Enqueued)) ? over : batch).Add(step);
        }
        generation.Running += batch.Count;
        generation.AddReference();
        if (pending.Count == 0)
        {
            _waiting.Remove(generation);
        }
        // What still waits needs a worker that watches its window while this one runs.
        if (_waiting.Count > 0 && _idle > 0)
        {
            Monitor.Pulse(_gate);
        }
    }

    private void Run(AgentGeneration generation, List<PendingStep> batch, int worker)
    {
        if (batch.Count == 0)
        {
            return;
        }
        var start = _time.GetTimestamp();
        try
        {
            var graphs = generation.Graphs(worker);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Write(graphs, i);
            }
            graphs.Run(batch.Count);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Commit(graphs, i);
            }
        }
        // Whatever it is, it is the callers' to hear, and the worker's to outlive.
        catch (Exception e)
        {
            batch.ForEach(pending => pending.Fail(e));
        }
        Measure(batch.Count, _time.GetElapsedTime(start));
    }

    private void Complete(List<PendingStep> steps)
    {
        foreach (var step in steps)
        {
            Measure(step);
            step.Complete();
        }
        steps.Clear();
    }

    // A listener that throws ends neither a worker nor a step: there is nobody to tell.
    private void Measure(int rows, TimeSpan duration)
    {
        try
        {
            _metrics.Batch(rows, duration);
        }
        catch (Exception)
        {
        }
    }

    private void Measure(PendingStep step)
    {
        try
        {
            _metrics.Step(_time.GetElapsedTime(step.Enqueued), step.Failure);
        }
        catch (Exception)
        {
        }
    }
}
