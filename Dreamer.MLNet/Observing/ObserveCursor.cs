using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>A cursor over all rows, or over the episodes that a dealer deals to it.</summary>
/// <remarks>A dealt episode's number is its batch, so that consumers who merge a set by batch get the rows in order.</remarks>
internal sealed class ObserveCursor : WindowCursor
{
    // A preview of a hundred rows is cheap. Whoever reads on gets the largest batches at once: windows in between would hold few
    // episodes, and running few costs nearly as much as running many.
    private const int FirstWindow = 128;
    private const int Growth = 128;
    private const int LargestBatch = 256;

    // In windows: a dealt window grows to the end of its last episode, unless that is longer still.
    private const int LongestEpisode = 4;

    private readonly EpisodeTracker _tracker;
    private readonly ObserveWindow _window;
    private readonly EpisodeDealer? _dealer;
    private readonly int _mostRows;

    /// <param name="transformer">The transformer.</param>
    /// <param name="input">The rows.</param>
    /// <param name="binding">The columns.</param>
    /// <param name="active">The requested columns.</param>
    /// <param name="dealer">Deals the episodes of <paramref name="input"/> to this cursor and others; null to take all rows.</param>
    internal ObserveCursor(
        ObserveLatentStateTransformer transformer, DataViewRowCursor input, ColumnBinding binding, ActiveColumns active, EpisodeDealer? dealer)
        : base(input, binding, active, FirstWindow, Growth, LargestWindow(transformer, active))
    {
        (_dealer, _mostRows) = (dealer, (int)Math.Min((long)LongestEpisode * LargestWindow(transformer, active), Array.MaxLength / 2));
        _tracker = new EpisodeTracker(
            input, transformer.Manifest, transformer.Options, "Filter rows after this step, not before it.");
        _window = new ObserveWindow(
            transformer, input, _tracker, active, batch: ReadsAhead ? Math.Min(LargestBatch, transformer.Options.WindowRows) : 1);
    }

    private static int LargestWindow(ObserveLatentStateTransformer transformer, ActiveColumns active)
    {
        var bytes = ObserveWindow.BytesPerRow(transformer.Manifest, transformer.Options) + active.PassedThrough.Sum(column => ColumnBuffer.BytesPerRow(column.Type));
        return (int)Math.Clamp(transformer.Options.WindowMegabytes * 1_000_000L / bytes, 1, transformer.Options.WindowRows);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _window.Dispose();
        }
        base.Dispose(disposing);
    }

    private protected override long ReadBatch() => _dealer?.Episode ?? base.ReadBatch();

    private protected override void DisposeInput()
    {
        if (_dealer is null)
        {
            base.DisposeInput();
        }
        else
        {
            _dealer.Release();
        }
    }

    private protected override int ReadRows(int capacity)
    {
        if (_dealer is null)
        {
            return base.ReadRows(capacity);
        }
        lock (_dealer.Gate)
        {
            try
            {
                return ReadDealt(_dealer, capacity);
            }
            catch (Exception e)
            {
                _dealer.Fail(e);
                throw;
            }
        }
    }

    private int ReadDealt(EpisodeDealer dealer, int capacity)
    {
        var count = 0;
        while (dealer.Allows(this) && dealer.MoveNext())
        {
            var isFirst = _tracker.ReadIsFirst();
            if ((isFirst && count >= capacity) || count >= _mostRows)
            {
                dealer.PutBack();
                if (!isFirst)
                {
                    dealer.KeepFor(this);
                }
                break;
            }
            if (isFirst)
            {
                dealer.BeginEpisode();
            }
            Take(count++);
        }
        return count;
    }

    private protected override void Resize(int capacity) => _window.Resize(capacity);

    private protected override void Read(int row) => _window.Read(row);

    private protected override void Complete(int rows) => _window.Run(rows);

    private protected override Delegate OutputGetter(int output, Func<int> row) => _window.Getter(output, row);
}
