using System.Globalization;
using Dreamer.Inference.Episodes;

namespace Dreamer.Training.Replay;

/// <summary>A run's episodes on disk, numbered, one <c>.npz</c> each.</summary>
/// <remarks>
/// The number in a name is the episode's place in the run. Files are never deleted while a run goes on, also when their
/// episodes have left memory. Not thread-safe; one run owns the folder.
/// </remarks>
public sealed class EpisodeDirectory
{
    private const string Prefix = "train";

    private readonly string _folder;
    private readonly TimeProvider _time;

    /// <summary>Opens or creates a folder of episodes.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="time">The clock that file names are stamped with.</param>
    public EpisodeDirectory(string folder, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(time);
        (_folder, _time) = (folder, time);
        Directory.CreateDirectory(folder);
    }

    /// <summary>The id of an episode; with the run's seed it says what every sample in it was.</summary>
    /// <param name="number">The episode's place in the run, from 0.</param>
    public static string IdOf(long number) => $"{Prefix}{number.ToString("D8", CultureInfo.InvariantCulture)}";

    /// <summary>Writes an episode.</summary>
    /// <param name="episode">The episode.</param>
    public void Save(Episode episode) => EpisodeFile.Save(_folder, episode, _time.GetUtcNow());

    /// <summary>Reads episodes back, in the order of their ids.</summary>
    /// <param name="ids">The ids wanted.</param>
    /// <param name="notice">Told of each that is missing or damaged, and passed over.</param>
    public IReadOnlyList<Episode> Load(IEnumerable<string> ids, Action<string> notice)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(notice);
        var files = Files().ToLookup(EpisodeFile.IdOf, StringComparer.Ordinal);
        var episodes = new List<Episode>();
        foreach (var id in ids)
        {
            if (files[id].FirstOrDefault() is not { } path)
            {
                notice($"The episode '{id}' of the checkpoint is not in '{_folder}'; going on without it.");
                continue;
            }
            try
            {
                episodes.Add(EpisodeFile.Read(path));
            }
            catch (InvalidEpisodeException e)
            {
                notice($"Passing over an episode: {e.Message}");
            }
        }
        return episodes;
    }

    /// <summary>Removes the episodes from a number on: those that a run recorded after the checkpoint it goes on from.</summary>
    /// <param name="number">The first to remove.</param>
    public void RemoveFrom(long number)
    {
        var first = IdOf(number);
        foreach (var path in Files().Where(path => IsOurs(path) && string.CompareOrdinal(EpisodeFile.IdOf(path), first) >= 0).ToArray())
        {
            File.Delete(path);
        }
    }

    private static bool IsOurs(string path) =>
        EpisodeFile.IdOf(path) is var id && id.Length == IdOf(0).Length && id.StartsWith(Prefix, StringComparison.Ordinal);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_folder, "*.npz");
}
