namespace Dreamer.MLNet.Schema;

/// <summary>Columns that name a row and its place in its episode: read if they exist, for messages and to notice holes.</summary>
internal static class PlaceColumns
{
    internal const string EpisodeId = "EpisodeId";

    /// <summary>The episode's id.</summary>
    internal static IReadOnlyList<InputColumn> Id { get; } = [new(EpisodeId, "", ExpectedType.Text)];
}
