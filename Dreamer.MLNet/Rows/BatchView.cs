using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>A view that adds what batches compute, cursor by cursor: as shuffled, as parallel and as lazy as its input.</summary>
internal sealed class BatchView(
    IDataView input, ColumnBinding binding, int window, Func<DataViewRow, ActiveColumns, int, RowBatch> create) : IEpisodeSplitView
{
    public DataViewSchema Schema => binding.Output;

    public bool SplitsByEpisode => input is IEpisodeSplitView { SplitsByEpisode: true };

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(binding, columnsNeeded);
        return Over(input.GetRowCursor(active.Dependencies(), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = new ActiveColumns(binding, columnsNeeded);
        return Array.ConvertAll(input.GetRowCursorSet(active.Dependencies(), n, rand), cursor => Over(cursor, active));
    }

    private DataViewRowCursor Over(DataViewRowCursor cursor, ActiveColumns active) => active.AnyOutput
        ? new BatchCursor(cursor, binding, active, create(cursor, active, window), window) : new PassThroughCursor(cursor, binding, active);
}
