namespace Dreamer.MLNet;

/// <summary>The rows of one episode in a window.</summary>
internal sealed class EpisodeSegment
{
    /// <summary>The episode.</summary>
    internal required OpenEpisode Episode { get; init; }

    /// <summary>Whether the first of the rows is the episode's first.</summary>
    internal required bool BeginsEpisode { get; init; }

    /// <summary>The number in the episode of the first of the rows.</summary>
    internal required long FirstStep { get; init; }

    /// <summary>The rows' places in the window, in order.</summary>
    internal List<int> Rows { get; } = [];
}
