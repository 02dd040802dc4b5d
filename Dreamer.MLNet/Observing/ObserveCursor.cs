using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>A cursor over one part of the episodes: every n-th episode.</summary>
/// <remarks>
/// Each cursor of a set reads all rows, but of other parts' rows only where episodes begin; the episode's number is the batch, so
/// that consumers who merge a set by batch get the rows in order.
/// </remarks>
internal sealed class ObserveCursor : WindowCursor
{
    // A preview of a hundred rows is cheap. Whoever reads on gets the largest batches at once: windows in between would hold few
    // episodes, and running few costs nearly as much as running many.
    private const int FirstWindow = 128;
    private const int Growth = 128;
    private const int LargestBatch = 256;

    private readonly EpisodeTracker _tracker;
    private readonly ObserveWindow _window;
    private readonly int _part;
    private readonly int _parts;
    private long _episode = -1;

    internal ObserveCursor(
        ObserveLatentStateTransformer transformer,
        DataViewRowCursor input,
        ColumnBinding binding,
        ActiveColumns active,
        int part,
        int parts)
        : base(input, binding, active, FirstWindow, Growth, LargestWindow(transformer, active))
    {
        (_part, _parts) = (part, parts);
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

    private protected override bool Accept()
    {
        if (_parts == 1)
        {
            return true;
        }
        if (_tracker.ReadIsFirst())
        {
            _episode++;
        }
        // Rows before the first episode are taken by every part, so that every part refuses them.
        return _episode < 0 || _episode % _parts == _part;
    }

    private protected override long ReadBatch() => _parts == 1 ? base.ReadBatch() : _episode;

    private protected override void Resize(int capacity) => _window.Resize(capacity);

    private protected override void Read(int row) => _window.Read(row);

    private protected override void Complete(int rows) => _window.Run(rows);

    private protected override Delegate OutputGetter(int output, Func<int> row) => _window.Getter(output, row);
}
