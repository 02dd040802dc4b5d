using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Rows;
using Microsoft.ML;

namespace Dreamer.MLNet;

/// <summary>The rows of episode files, or of other sources. A cursor holds one episode in memory at a time; cursors of a set take whole sources in turn.</summary>
internal sealed class EpisodesView : IEpisodeSplitView
{
    private readonly EpisodeSource[] _sources;
    private readonly LoadEpisodesOptions _options;
    private readonly EpisodeColumns _columns;

    internal EpisodesView(EpisodeSource[] sources, LoadEpisodesOptions options)
    {
        (_sources, _options) = (sources, options);
        _columns = options.Like switch
        {
            null => FindColumns(),
            EpisodesView view => view._columns,
            _ => throw new ArgumentException($"{nameof(LoadEpisodesOptions.Like)} is not a view of LoadFromEpisodes.", nameof(options)),
        };
    }

    public DataViewSchema Schema => _columns.Schema;

    public bool SplitsByEpisode => true;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new EpisodesCursor(_sources, _columns, _options, columnsNeeded, part: 0, parts: 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var parts = Math.Clamp(n, 1, _sources.Length);
        return [.. Enumerable.Range(0, parts).Select(part => new EpisodesCursor(_sources, _columns, _options, columns, part, parts))];
    }

    /// <summary>The columns of the first episode that can be used.</summary>
    private EpisodeColumns FindColumns()
    {
        InvalidEpisodeException? first = null;
        foreach (var source in _sources)
        {
            try
            {
                var episode = source.Read(EpisodeParts.None).FirstOrDefault() ?? throw new InvalidEpisodeException($"'{source.Name}' holds no episode.");
                _options.Check?.Validate(episode, source.Name);
                return new EpisodeColumns(episode, source.Name);
            }
            catch (InvalidEpisodeException e) when (_options.Refused is not null)
            {
                // The cursor that reads the file reports it.
                first ??= e;
            }
        }
        throw new InvalidEpisodeException($"None of {_sources.Length} files can be used: {first?.Message}", first);
    }
}
