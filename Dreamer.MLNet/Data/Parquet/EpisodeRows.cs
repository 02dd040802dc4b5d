using Dreamer.Inference.Episodes;

namespace Dreamer.MLNet.Data.Parquet;

/// <summary>The rows of one row group, or of one episode in it.</summary>
internal sealed record EpisodeRows(
    string?[] Ids, ArraySegment<bool> IsFirst, ArraySegment<bool> IsLast, ArraySegment<bool> IsTerminal, ArraySegment<float> Rewards,
    ArraySegment<float> Actions, ArraySegment<float> Vectors, ArraySegment<byte[]> Images)
{
    /// <summary>The episode's id.</summary>
    internal string Id => Ids[Rewards.Offset] ?? "";

    /// <summary>Whether the first row is the episode's.</summary>
    internal bool Begins => IsFirst[0];

    /// <summary>The rows by episode.</summary>
    internal IEnumerable<EpisodeRows> Split()
    {
        for (var (start, end) = (0, 1); start < Rewards.Count; start = end)
        {
            for (end = start + 1; end < Rewards.Count && !IsFirst[end] && Ids[end] == Ids[start]; end++)
            {
            }
            var (first, count) = (start, end - start);
            ArraySegment<T> Part<T>(ArraySegment<T> all) => all.Count == 0 ? all : all.Slice(first * (all.Count / Rewards.Count), count * (all.Count / Rewards.Count));
            yield return new(Ids, Part(IsFirst), Part(IsLast), Part(IsTerminal), Part(Rewards), Part(Actions), Part(Vectors), Part(Images));
        }
    }

    /// <summary>The rows of an episode from one or several row groups.</summary>
    /// <exception cref="InvalidEpisodeException">Together they are too large.</exception>
    internal static RecordedTable Join(List<EpisodeRows> pieces, ParquetEpisodeTable table)
    {
        var bytes = pieces.Sum(piece => (long)piece.Rewards.Count) * EpisodeLimits.BytesPerRow(table.ImageShape?.Size ?? 0, table.VectorSize, table.ActionSize);
        if (!EpisodeLimits.Allows(bytes))
        {
            throw new InvalidEpisodeException($"Episode '{pieces[0].Id}' has {bytes} bytes; at most {EpisodeLimits.LargestEpisode} are read.");
        }
        bool[] last = [.. pieces.SelectMany(piece => piece.IsLast)];
        last[^1] |= !table.HasIsLast;
        return new RecordedTable
        {
            Id = pieces[0].Id,
            ImageShape = table.ImageShape,
            Images = [.. pieces.SelectMany(piece => piece.Images).SelectMany(image => image)],
            VectorSize = table.VectorSize,
            Vectors = [.. pieces.SelectMany(piece => piece.Vectors)],
            ActionSize = table.ActionSize,
            Actions = [.. pieces.SelectMany(piece => piece.Actions)],
            Rewards = [.. pieces.SelectMany(piece => piece.Rewards)],
            IsFirst = [.. pieces.SelectMany(piece => piece.IsFirst)],
            IsLast = last,
            IsTerminal = [.. pieces.SelectMany(piece => piece.IsTerminal)],
        };
    }
}
