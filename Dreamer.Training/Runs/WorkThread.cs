using System.Collections.Concurrent;
using TorchSharp;

namespace Dreamer.Training.Runs;

/// <summary>A thread that does what it is given, one thing after the other, in order.</summary>
/// <remarks>The thread starts with the first thing to do. Thread-safe.</remarks>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Action> _queue;
    private readonly Lazy<Thread> _thread;

    /// <summary>Prepares a thread.</summary>
    /// <param name="name">The thread's name, for debuggers.</param>
    /// <param name="capacity">How many things may wait; who brings another one waits for room.</param>
    /// <param name="torchThreads">How many threads tensor operations on it use, 0 to leave TorchSharp's choice.</param>
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

    /// <summary>Gives it something to do.</summary>
    /// <param name="work">What to do.</param>
    /// <returns>Ends when it was done, with what it found or the exception that it threw.</returns>
    public Task<T> Add<T>(Func<T> work)
    {
        _ = _thread.Value;
        // Cold, and run by the thread itself: a task keeps whatever its work throws.
        var task = new Task<T>(work, TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(() => task.RunSynchronously(TaskScheduler.Default));
        return task;
    }

    /// <summary>Does what it was given, then ends the thread.</summary>
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
        // torch counts its threads for each thread that calls it.
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
