using System.Runtime.ExceptionServices;

namespace Dreamer.Training.Runs;

/// <summary>Writes files on a background thread, in order, so that computations do not wait for the disk.</summary>
/// <remarks>
/// The next call rethrows the exception of a failed write; nothing is written in between. At most
/// <see cref="Capacity"/> writes wait: a disk that cannot keep up slows the run, and a process that is killed loses no more than those.
/// Used by one thread at a time.
/// </remarks>
internal sealed class BackgroundWriter : IDisposable
{
    /// <summary>The most writes that may wait.</summary>
    public const int Capacity = 64;

    private readonly WorkThread _thread = new("Dreamer writes", Capacity);
    private ExceptionDispatchInfo? _failure;

    /// <summary>Queues a write.</summary>
    /// <param name="write">The write; nothing that it reads may change from now on.</param>
    public void Add(Action write)
    {
        ThrowFailure();
        _ = _thread.Add(() => Write(write));
    }

    /// <summary>Waits until everything is written.</summary>
    public void Flush()
    {
        Drain();
        ThrowFailure();
    }

    /// <summary>Waits until nothing is being written; failures are reported later.</summary>
    public void Drain() => _thread.Add(static () => true).GetAwaiter().GetResult();

    public void Dispose() => _thread.Dispose();

    private bool Write(Action write)
    {
        if (Volatile.Read(ref _failure) is not null)
        {
            return false;
        }
        try
        {
            write();
            return true;
        }
#pragma warning disable CA1031 // Rethrown on the run's thread, where it can end the run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(e));
            return false;
        }
    }

    private void ThrowFailure() => Interlocked.Exchange(ref _failure, null)?.Throw();
}
