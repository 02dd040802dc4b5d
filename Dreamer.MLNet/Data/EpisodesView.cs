using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Rows;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>The rows of episode files, or of other sources. A cursor holds one episode in memory at a time; cursors of a set take whole sources in turn.</summary>
internal sealed class EpisodesView : IEpisodeSplitView
{
    private readonly EpisodeSource[] _sources;
    private readonly EpisodeColumns _columns;

    internal EpisodesView(EpisodeSource[] sources)
    {
        _sources = sources;
        _columns = new EpisodeColumns(sources[0].Read(EpisodeParts.None).FirstOrDefault()
            ?? throw new InvalidEpisodeException($"'{sources[0].Name}' holds no episode."));
    }

    public DataViewSchema Schema => _columns.Schema;

    public bool SplitsByEpisode => true;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new EpisodesCursor(_sources, _columns, columnsNeeded, part: 0, parts: 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var parts = Math.Clamp(n, 1, _sources.Length);
        return [.. Enumerable.Range(0, parts).Select(part => new EpisodesCursor(_sources, _columns, columns, part, parts))];
    }
}
