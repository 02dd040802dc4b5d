using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>A view that carries state over rows: read in order, and in parallel by whole episodes.</summary>
internal sealed class ObserveView(ObserveLatentStateTransformer transformer, IDataView input, ColumnBinding binding) : IEpisodeSplitView
{
    public DataViewSchema Schema => binding.Output;

    // If none of our columns is requested, the set is the input's own, and the input has to hold whole episodes.
    public bool SplitsByEpisode => !transformer.Options.Interleaved && input is IEpisodeSplitView { SplitsByEpisode: true };

    // A row's state depends on the previous rows. Shuffle after this step, as ShuffleRows does.
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
        if (transformer.Options.Interleaved)
        {
            return [Part(active, 0, 1)];
        }
        if (input is IEpisodeSplitView { SplitsByEpisode: true })
        {
            return Array.ConvertAll(input.GetRowCursorSet(active.Dependencies(), n), cursor => (DataViewRowCursor)Over(cursor, active, 0, 1));
        }
        var parts = Math.Max(1, n);
        return [.. Enumerable.Range(0, parts).Select(part => Part(active, part, parts))];
    }

    private ObserveCursor Part(ActiveColumns active, int part, int parts) =>
        Over(input.GetRowCursor(active.Dependencies()), active, part, parts);

    private ObserveCursor Over(DataViewRowCursor cursor, ActiveColumns active, int part, int parts) =>
        new(transformer, cursor, binding, active, part, parts);
}
