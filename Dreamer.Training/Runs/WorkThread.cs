using System.Collections.Concurrent;
using TorchSharp;

namespace Dreamer.Training.Runs;

/// <summary>A thread that runs work items in order.</summary>
/// <remarks>The thread starts with the first item. Thread-safe.</remarks>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Action> _queue;
    private readonly Lazy<Thread> _thread;

    /// <summary>Prepares a thread.</summary>
    /// <param name="name">The thread's name, for debuggers.</param>
    /// <param name="capacity">The most items that may wait; adding more blocks.</param>
    /// <param name="torchThreads">The threads of tensor operations on it; 0 for TorchSharp's default.</param>
    public WorkThread(string name, int capacity, int torchThreads = 0)
    {
        _queue = new BlockingCollection<Action>(capacity);
        _thread = new Lazy<Thread>(() =>
        {
            var thread = new Thread(() => Run(torchThreads)) { Name = name, IsBackground = true };
            thread.Start();
            return thread;
        });
    }

    /// <summary>Queues a work item.</summary>
    /// <param name="work">The work.</param>
    /// <returns>Completes with its result or its exception.</returns>
    public Task<T> Add<T>(Func<T> work)
    {
        _ = _thread.Value;
        // A cold task, run on the thread: it captures any exception.
        var task = new Task<T>(work, TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(() => task.RunSynchronously(TaskScheduler.Default));
        return task;
    }

    /// <summary>Finishes the queued items, then ends the thread.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        if (_thread.IsValueCreated)
        {
            _thread.Value.Join();
        }
        _queue.Dispose();
    }

    private void Run(int torchThreads)
    {
        // torch keeps the number of threads per calling thread.
        if (torchThreads > 0)
        {
            torch.set_num_threads(torchThreads);
        }
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            work();
        }
    }
}
