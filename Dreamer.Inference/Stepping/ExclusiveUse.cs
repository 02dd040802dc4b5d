using System.Runtime.CompilerServices;

namespace Dreamer.Inference.Stepping;

/// <summary>Lets one caller at a time use what only one may use, and frees it when it is disposed and the last call has ended.</summary>
/// <remarks>Thread-safe; a use costs two atomic operations and allocates nothing.</remarks>
/// <param name="owner">The object that is used, for errors.</param>
/// <param name="free">Frees it.</param>
internal sealed class ExclusiveUse(object owner, Action free) : IDisposable
{
    private const int InUse = 1;
    private const int Disposed = 2;

    private int _state;

    /// <summary>Whether it was disposed.</summary>
    internal bool IsDisposed => (Volatile.Read(ref _state) & Disposed) != 0;

    /// <summary>No further use begins; frees the owner now, or when the use that is running ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Or(ref _state, Disposed) == 0)
        {
            free();
        }
    }

    /// <summary>Begins a use, which ends when the result is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The owner was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the owner.</exception>
    internal Use Begin()
    {
        if (Interlocked.CompareExchange(ref _state, InUse, 0) is not 0 and var state)
        {
            Throw(state);
        }
        return new Use(this);
    }

    private void End()
    {
        if (Interlocked.And(ref _state, ~InUse) != InUse)
        {
            free();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Throw(int state)
    {
        ObjectDisposedException.ThrowIf((state & Disposed) != 0, owner);
        throw new InvalidOperationException(
            $"Two threads use one {owner.GetType().Name.Split('`')[0]} at the same time. Give each thread its own, or let one wait for the other.");
    }

    /// <summary>A running use.</summary>
    internal readonly ref struct Use(ExclusiveUse owner)
    {
        public void Dispose() => owner.End();
    }
}
