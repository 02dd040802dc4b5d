using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>A bounded queue of steps, and the threads that run the steps of several sessions as one batch.</summary>
/// <remarks>
/// <para>Thread-safe. A batch starts when it is full, when every live session is in it, or when its oldest step has waited for the window.</para>
/// <para>
/// It has its own threads: a step neither waits for the thread pool nor blocks it, and a worker keeps its tensors. Times are compared by the
/// <see cref="TimeProvider"/>'s timestamps.
/// </para>
/// </remarks>
internal sealed class StepScheduler : IDisposable
{
    // Smaller batches are not split between workers: each worker would read the weights for too few rows.
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

    /// <summary>The number of waiting steps.</summary>
    internal int Queued => Volatile.Read(ref _queued);

    /// <summary>Queues a step.</summary>
    /// <exception cref="AgentOverloadedException">The queue is full.</exception>
    /// <exception cref="AgentStoppingException">The service is stopping.</exception>
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
            // Wake a waiting worker for the first step, and for the step that ends the wait.
            if (_idle > 0 && (generation.Pending.Count == 1 || IsFull(generation)))
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Accepts no more steps, answers the waiting ones, and ends the threads.</summary>
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
    /// <param name="batch">Receives its steps; empty if all waiting steps had expired.</param>
    /// <param name="over">Receives the expired steps.</param>
    /// <returns>The generation to run on, with a reference that the caller releases; null when no more batches will come.</returns>
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

    /// <summary>The generation with the oldest step whose batch may start; otherwise the time until one may.</summary>
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
                // Rounded up to whole milliseconds: 0 would spin.
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
        // Another worker has to watch the window of the remaining steps while this one runs.
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
        // Callers get any exception; the worker survives it.
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

    // A metrics listener that throws must end neither a worker nor a step.
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
