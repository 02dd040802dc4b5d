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
            ? Over(input.GetRowCursor(active.Dependencies()), active, dealer: null) : new PassThroughCursor(input.GetRowCursor(active.Dependencies()), binding, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = new ActiveColumns(binding, columnsNeeded);
        if (!active.AnyOutput)
        {
            return Array.ConvertAll(
                input.GetRowCursorSet(active.Dependencies(), n), cursor => (DataViewRowCursor)new PassThroughCursor(cursor, binding, active));
        }
        if (input is IEpisodeSplitView { SplitsByEpisode: true } && !transformer.Options.Interleaved)
        {
            return Array.ConvertAll(input.GetRowCursorSet(active.Dependencies(), n), cursor => (DataViewRowCursor)Over(cursor, active, dealer: null));
        }
        // The source is read once, in order: its rows may be gone, or in another order, when it is read again.
        var rows = input.GetRowCursor(active.Dependencies());
        if (n <= 1 || transformer.Options.Interleaved || !active.PassedThrough.All(column => ColumnBuffer.CanKeep(column.Type)))
        {
            return [Over(rows, active, dealer: null)];
        }
        var dealer = new EpisodeDealer(rows, n);
        return [.. Enumerable.Range(0, n).Select(_ => Over(rows, active, dealer))];
    }

    private ObserveCursor Over(DataViewRowCursor cursor, ActiveColumns active, EpisodeDealer? dealer) => new(transformer, cursor, binding, active, dealer);
}
