using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Rows;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>The rows of episode files. A cursor holds one episode in memory at a time; cursors of a set take whole files in turn.</summary>
internal sealed class EpisodesView : IEpisodeSplitView
{
    private readonly string[] _files;
    private readonly EpisodeColumns _columns;

    internal EpisodesView(string[] files)
    {
        _files = files;
        _columns = new EpisodeColumns(EpisodeFile.Read(files[0], EpisodeParts.None));
    }

    public DataViewSchema Schema => _columns.Schema;

    public bool SplitsByEpisode => true;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new EpisodesCursor(_files, _columns, columnsNeeded, part: 0, parts: 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var parts = Math.Clamp(n, 1, _files.Length);
        return [.. Enumerable.Range(0, parts).Select(part => new EpisodesCursor(_files, _columns, columns, part, parts))];
    }
}
