using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>A view that carries state over rows: read in order, and in parallel by whole episodes.</summary>
internal sealed class ObserveView(ObserveLatentStateTransformer transformer, IDataView input, ColumnBinding binding) : IDataView
{
    public DataViewSchema Schema => binding.Output;

    // The state of a row comes from the rows before it. Whoever shuffles does so behind us, as ShuffleRows can.
    public bool CanShuffle => false;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(binding, columnsNeeded);
        return active.AnyOutput
            ? Part(active, 0, 1) : new PassThroughCursor(input.GetRowCursor(active.Dependencies()), binding, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = new ActiveColumns(binding, columnsNeeded);
        if (!active.AnyOutput)
        {
            return Array.ConvertAll(
                input.GetRowCursorSet(active.Dependencies(), n), cursor => (DataViewRowCursor)new PassThroughCursor(cursor, binding, active));
        }
        var parts = transformer.Options.Interleaved ? 1 : Math.Max(1, n);
        return [.. Enumerable.Range(0, parts).Select(part => Part(active, part, parts))];
    }

    private ObserveCursor Part(ActiveColumns active, int part, int parts) =>
        new(transformer, input.GetRowCursor(active.Dependencies()), binding, active, part, parts);
}
