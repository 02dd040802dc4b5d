namespace Dreamer.MLNet;

/// <summary>Sorts a window's rows by episode.</summary>
internal sealed class EpisodeSegments
{
    private readonly Dictionary<OpenEpisode, EpisodeSegment> _segments = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds a row, which is the episode's next.</summary>
    internal void Add(int row, OpenEpisode episode, bool isFirst)
    {
        if (!_segments.TryGetValue(episode, out var segment))
        {
            segment = new EpisodeSegment { Episode = episode, BeginsEpisode = isFirst, FirstStep = episode.Rows };
            _segments.Add(episode, segment);
        }
        segment.Rows.Add(row);
        episode.Rows++;
    }

    /// <summary>The segments by length, longest first; equal lengths keep their order.</summary>
    internal IOrderedEnumerable<EpisodeSegment> LongestFirst() => _segments.Values.OrderByDescending(segment => segment.Rows.Count);

    /// <summary>Forgets the rows.</summary>
    internal void Clear() => _segments.Clear();
}
