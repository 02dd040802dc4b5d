using System.Globalization;
using Dreamer.Inference.Episodes;
using Dreamer.Inference.IO;

namespace Dreamer.Training.Replay;

/// <summary>A run's episodes on disk, numbered, one <c>.npz</c> each.</summary>
/// <remarks>
/// The number in a name is the episode's index in the run. A file is deleted only when the same episode is written again; episodes
/// that are no longer in memory stay on disk. Not thread-safe; one run owns the folder.
/// </remarks>
internal sealed class EpisodeDirectory
{
    private const string Prefix = "train";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>Opens or creates a folder of episodes.</summary>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="time">The clock for the times in file names.</param>
    public EpisodeDirectory(string folder, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_folder, _time) = (folder, time);
        Directory.CreateDirectory(folder);
        // Names begin with their time: if a crash left an episode twice, the later file counts.
        foreach (var path in Directory.EnumerateFiles(folder, "*.npz").Order(StringComparer.Ordinal))
        {
            _paths[EpisodeFile.IdOf(path)] = path;
        }
    }

    /// <summary>The numbers of the episodes that a run recorded here, in order.</summary>
    public IReadOnlyList<long> Numbers => [.. _paths.Keys.Select(NumberOf).OfType<long>().Order()];

    /// <summary>The id of an episode; with the run's seed it determines every sample.</summary>
    /// <param name="number">The episode's index in the run, from 0.</param>
    public static string IdOf(long number) => $"{Prefix}{number.ToString("D8", CultureInfo.InvariantCulture)}";

    /// <summary>Whether an episode with an id exists.</summary>
    /// <param name="id">The id.</param>
    public bool Contains(string id) => _paths.ContainsKey(id);

    /// <summary>Writes an episode, replacing an older one with the same id.</summary>
    /// <param name="episode">The episode.</param>
    public void Save(Episode episode)
    {
        var path = EpisodeFile.Save(_folder, episode, _time.GetUtcNow());
        if (_paths.TryGetValue(episode.Id, out var old) && !string.Equals(old, path, StringComparison.Ordinal))
        {
            File.Delete(old);
        }
        _paths[episode.Id] = path;
    }

    /// <summary>Reads episodes back, in the order of their ids.</summary>
    /// <param name="ids">The ids wanted.</param>
    /// <param name="notice">Receives a message for each that is missing or damaged, and skipped.</param>
    public IReadOnlyList<Episode> Load(IEnumerable<string> ids, Action<string> notice)
    {
        var episodes = new List<Episode>();
        foreach (var id in ids)
        {
            if (!_paths.TryGetValue(id, out var path))
            {
                notice($"Skipping episode '{id}' of the checkpoint: it is not in '{_folder}'.");
                continue;
            }
            try
            {
                episodes.Add(EpisodeFile.Read(path));
            }
            catch (InvalidEpisodeException e)
            {
                notice($"Skipping an episode: {e.Message}");
            }
        }
        return episodes;
    }

    /// <summary>Removes files that were being written when a run was killed.</summary>
    public void RemoveUnfinished()
    {
        foreach (var path in Directory.GetFiles(_folder, "*" + AtomicFile.TemporarySuffix))
        {
            File.Delete(path);
        }
    }

    private static long? NumberOf(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && IdOf(number) == id
            ? number
            : null;
}
