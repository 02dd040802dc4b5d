using System.Runtime.ExceptionServices;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>Deals the episodes of one cursor to several workers, so that the source is read once, whatever it is: a queue, a query, a stream.</summary>
/// <remarks>
/// Whoever holds <see cref="Gate"/> may read the cursor. A worker takes whole episodes. If one is too long for its window, the worker keeps the right to read
/// until that episode ends; others that come meanwhile end, instead of waiting for a worker that the same thread may have to drive.
/// </remarks>
/// <param name="input">The cursor; disposed with the last worker.</param>
/// <param name="workers">How many workers share it.</param>
internal sealed class EpisodeDealer(DataViewRowCursor input, int workers)
{
    private int _workers = workers;
    private object? _reader;
    private bool _isAhead;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Protects the cursor.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The cursor.</summary>
    internal DataViewRowCursor Input => input;

    /// <summary>The number of the episode that was dealt last, from 0.</summary>
    internal long Episode { get; private set; } = -1;

    /// <summary>Whether a worker may read now.</summary>
    /// <exception cref="Exception">A read has failed before.</exception>
    internal bool Allows(object worker)
    {
        _failure?.Throw();
        return !_ended && (_reader is null || ReferenceEquals(_reader, worker));
    }

    /// <summary>Moves to the next row that was not taken.</summary>
    internal bool MoveNext()
    {
        if (_isAhead)
        {
            _isAhead = false;
            return true;
        }
        _ended = _ended || !input.MoveNext();
        return !_ended;
    }

    /// <summary>An episode begins at the current row.</summary>
    internal void BeginEpisode() => (Episode, _reader) = (Episode + 1, null);

    /// <summary>Leaves the current row to the next read.</summary>
    internal void PutBack() => _isAhead = true;

    /// <summary>Leaves the rest of the current episode to one worker.</summary>
    internal void KeepFor(object worker) => _reader = worker;

    /// <summary>Refuses all further reads after a failure: the cursor's place is unknown.</summary>
    internal void Fail(Exception failure) => _failure ??= ExceptionDispatchInfo.Capture(failure);

    /// <summary>A worker has been disposed.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _workers) == 0)
        {
            input.Dispose();
        }
    }
}
