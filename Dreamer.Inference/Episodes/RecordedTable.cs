namespace Dreamer.Inference.Episodes;

/// <summary>The rows of a recording as its file holds them, before actions and rewards are moved to the rows that they led to.</summary>
internal sealed record RecordedTable
{
    internal required string Id { get; init; }

    internal ImageShape? ImageShape { get; init; }

    internal byte[] Images { get; init; } = [];

    internal int VectorSize { get; init; }

    internal float[] Vectors { get; init; } = [];

    internal required int ActionSize { get; init; }

    internal required float[] Actions { get; init; }

    internal required float[] Rewards { get; init; }

    internal required bool[] IsFirst { get; init; }

    internal required bool[] IsLast { get; init; }

    internal required bool[] IsTerminal { get; init; }

    /// <summary>Whether the ends were recorded as <c>done</c> and the like: with the step, and not with the observation that it led to.</summary>
    internal bool EndsBelongToSteps { get; init; }

    internal IReadOnlyDictionary<string, float[]> Logs { get; init; } = new Dictionary<string, float[]>();

    internal IReadOnlyList<string> Notes { get; init; } = [];

    internal int Rows => Rewards.Length;

    /// <summary>The rows by episode: each part but the first starts with a first row. Notes stay with the first part.</summary>
    internal IEnumerable<RecordedTable> Split()
    {
        for (var (start, end) = (0, 0); start < Rows; start = end)
        {
            for (end = start + 1; end < Rows && !IsFirst[end]; end++)
            {
            }
            yield return start == 0 && end == Rows ? this : Slice(start, end - start) with { Notes = start == 0 ? Notes : [] };
        }
    }

    /// <summary>One table of the rows of several.</summary>
    /// <exception cref="InvalidEpisodeException">They are of different shapes, or together too large.</exception>
    internal static RecordedTable Join(IReadOnlyList<RecordedTable> parts)
    {
        if (parts is [var only])
        {
            return only;
        }
        var first = parts[0];
        if (parts.Any(part => part.ImageShape != first.ImageShape || part.VectorSize != first.VectorSize || part.ActionSize != first.ActionSize))
        {
            throw new InvalidEpisodeException($"The files of episode '{first.Id}' have different shapes.");
        }
        var bytes = parts.Sum(part => (long)part.Rows) * EpisodeLimits.BytesPerRow(first.ImageShape?.Size ?? 0, first.VectorSize, first.ActionSize, first.Logs.Count);
        if (!EpisodeLimits.Allows(bytes))
        {
            throw new InvalidEpisodeException($"Episode '{first.Id}' has {bytes} bytes in {parts.Count} files; at most {EpisodeLimits.LargestEpisode} are read.");
        }
        return first with
        {
            Images = [.. parts.SelectMany(part => part.Images)],
            Vectors = [.. parts.SelectMany(part => part.Vectors)],
            Actions = [.. parts.SelectMany(part => part.Actions)],
            Rewards = [.. parts.SelectMany(part => part.Rewards)],
            IsFirst = [.. parts.SelectMany(part => part.IsFirst)],
            IsLast = [.. parts.SelectMany(part => part.IsLast)],
            IsTerminal = [.. parts.SelectMany(part => part.IsTerminal)],
            Logs = first.Logs.Keys.Where(name => parts.All(part => part.Logs.ContainsKey(name)))
                .ToDictionary(name => name, name => parts.SelectMany(part => part.Logs[name]).ToArray()),
            Notes = [.. parts.SelectMany(part => part.Notes).Distinct()],
        };
    }

    private RecordedTable Slice(int start, int count)
    {
        T[] Part<T>(T[] values, int size) => values.Length == 0 ? values : values.AsSpan(start * size, count * size).ToArray();
        return this with
        {
            Images = Part(Images, ImageShape?.Size ?? 0),
            Vectors = Part(Vectors, VectorSize),
            Actions = Part(Actions, ActionSize),
            Rewards = Part(Rewards, 1),
            IsFirst = Part(IsFirst, 1),
            IsLast = Part(IsLast, 1),
            IsTerminal = Part(IsTerminal, 1),
            Logs = Logs.ToDictionary(log => log.Key, log => Part(log.Value, 1)),
        };
    }
}
