namespace Dreamer.Inference.Episodes;

/// <summary>A recording of one or more episodes: an <c>.npz</c> file, or a chain of DreamerV3's replay chunks.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class EpisodeRecording
{
    private readonly bool _isChain;

    private EpisodeRecording(IReadOnlyList<string> files, bool isChain) => (Files, _isChain) = (files, isChain);

    /// <summary>The file, or the first one of a chain.</summary>
    public string Name => Files[0];

    /// <summary>The files in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Groups files into recordings: chunks that continue each other are one, every other file is its own.</summary>
    /// <param name="files">The paths of <c>.npz</c> files.</param>
    /// <returns>The recordings, in the order of their first files.</returns>
    public static IReadOnlyList<EpisodeRecording> Group(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var all = files.Select(file => (File: file, Chunk: ChunkName.Parse(file))).ToList();
        var chunks = new Dictionary<string, (string File, ChunkName Chunk)>(StringComparer.Ordinal);
        foreach (var (file, chunk) in all)
        {
            if (chunk is not null)
            {
                chunks.TryAdd(chunk.Id, (file, chunk));
            }
        }
        var continued = chunks.Values.Select(entry => entry.Chunk.Next).ToHashSet(StringComparer.Ordinal);
        var recordings = new List<EpisodeRecording>();
        foreach (var (file, chunk) in all)
        {
            if (chunk is null)
            {
                recordings.Add(new EpisodeRecording([file], isChain: false));
            }
            else if (!continued.Contains(chunk.Id))
            {
                recordings.Add(new EpisodeRecording(Chain(chunk.Id, chunks), isChain: true));
            }
        }
        return recordings;
    }

    /// <summary>Reads the episodes, one at a time.</summary>
    /// <param name="parts">What is read besides rewards and flags.</param>
    /// <param name="options">What the files cannot tell.</param>
    /// <returns>
    /// The episodes. The first has the id of the file, the next ones <c>-2</c>, <c>-3</c> and so on behind it. Rows at the start of a chain whose episode began in
    /// a chunk that is gone are left out, which <see cref="Episode.Notes"/> says.
    /// </returns>
    /// <exception cref="InvalidEpisodeException">A file is missing or not a recording; the message names it, what was found and what is expected.</exception>
    public IEnumerable<Episode> Read(EpisodeParts parts, EpisodeReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var timing = _isChain ? new StepTiming(RecordedTiming.TakenHere, RecordedTiming.LedHere) : new StepTiming(options.ActionTiming, options.RewardTiming);
        var (pending, lost, count) = (new List<RecordedTable>(), 0, 0);
        foreach (var part in Files.SelectMany(file => EpisodeFile.ReadTable(file, options, parts).Split()))
        {
            if (part.IsFirst[0] && pending.Count > 0)
            {
                yield return Finish();
                pending.Clear();
            }
            if (_isChain && pending.Count == 0 && !part.IsFirst[0])
            {
                lost += part.Rows;
                continue;
            }
            pending.Add(part);
        }
        if (pending.Count > 0)
        {
            yield return Finish();
        }
        if (count == 0)
        {
            throw new InvalidEpisodeException($"'{Name}' holds {lost} rows of an episode whose start is missing.");
        }

        Episode Finish()
        {
            var table = RecordedTable.Join(pending);
            var id = EpisodeFile.IdOf(Name);
            var notes = lost == 0 || count > 0 ? table.Notes : [.. table.Notes, $"{lost} rows are left out: the episode that they belong to began in a chunk that is missing"];
            count++;
            return timing.Apply(table with { Id = count == 1 ? id : $"{id}-{count}", Notes = notes });
        }
    }

    private static List<string> Chain(string first, Dictionary<string, (string File, ChunkName Chunk)> chunks)
    {
        var (files, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        for (var id = first; chunks.TryGetValue(id, out var entry) && seen.Add(id); id = entry.Chunk.Next)
        {
            files.Add(entry.File);
        }
        return files;
    }
}
