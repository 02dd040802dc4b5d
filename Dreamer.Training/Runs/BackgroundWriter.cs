using System.Runtime.ExceptionServices;

namespace Dreamer.Training.Runs;

/// <summary>Writes files on a thread of its own, in order, so that what is computed does not wait for the disk.</summary>
/// <remarks>
/// A write that fails is told of by the next call, and nothing is written after it until it was told of. At most
/// <see cref="Capacity"/> writes wait: a disk that cannot keep up slows the run, and a process that is killed loses no more than those.
/// One thread at a time may use it.
/// </remarks>
internal sealed class BackgroundWriter : IDisposable
{
    /// <summary>How many writes may wait.</summary>
    public const int Capacity = 64;

    private readonly WorkThread _thread = new("Dreamer writes", Capacity);
    private ExceptionDispatchInfo? _failure;

    /// <summary>Writes something soon.</summary>
    /// <param name="write">What writes it; nothing that it reads may change from now on.</param>
    public void Add(Action write)
    {
        ThrowFailure();
        _ = _thread.Add(() => Write(write));
    }

    /// <summary>Waits until all is written.</summary>
    public void Flush()
    {
        Drain();
        ThrowFailure();
    }

    /// <summary>Waits until nothing is being written; what failed is told of later.</summary>
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
#pragma warning disable CA1031 // Thrown where the run can end of it, on its own thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(e));
            return false;
        }
    }

    private void ThrowFailure() => Interlocked.Exchange(ref _failure, null)?.Throw();
}
