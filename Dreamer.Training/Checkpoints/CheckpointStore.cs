using System.Globalization;
using Dreamer.Inference.IO;

namespace Dreamer.Training.Checkpoints;

/// <summary>The checkpoints of a run in a folder: the last few, and the best.</summary>
/// <remarks>Not thread-safe; one run owns the folder.</remarks>
internal sealed class CheckpointStore
{
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".ckpt";
    private const string BestName = "best" + Suffix;

    private readonly string _folder;
    private readonly int _keep;

    /// <summary>Opens or creates a store.</summary>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="keep">The number of last checkpoints to keep; at least 1.</param>
    public CheckpointStore(string folder, int keep = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        (_folder, _keep) = (folder, keep);
        Directory.CreateDirectory(folder);
    }

    /// <summary>The path of the best checkpoint, if one was saved.</summary>
    public string BestPath => Path.Combine(_folder, BestName);

    /// <summary>Saves a checkpoint and deletes the oldest beyond the number to keep.</summary>
    /// <param name="update">The updates of the run; orders the checkpoints.</param>
    /// <param name="checkpoint">What to save.</param>
    /// <param name="isBest">Whether to save it as the best as well.</param>
    public void Save(long update, Checkpoint checkpoint, bool isBest = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(update);
        CheckpointFile.Write(Path.Combine(_folder, $"{Prefix}{update:D9}{Suffix}"), checkpoint);
        if (isBest)
        {
            CheckpointFile.Write(BestPath, checkpoint);
        }
        foreach (var path in Outdated())
        {
            File.Delete(path);
        }
    }

    /// <summary>Reads the newest valid checkpoint; the best one is tried last.</summary>
    /// <param name="notice">Receives a message for each skipped checkpoint.</param>
    /// <returns>The checkpoint, or null if there is none.</returns>
    public Checkpoint? LoadNewest(Action<string>? notice = null)
    {
        foreach (var path in NewestFirst().Append(BestPath).Where(File.Exists))
        {
            try
            {
                return CheckpointFile.Read(path);
            }
            catch (InvalidCheckpointException e)
            {
                notice?.Invoke($"Skipping a checkpoint: {e.Message}");
            }
        }
        return null;
    }

    private IEnumerable<string> Outdated()
    {
        foreach (var path in NewestFirst().Skip(_keep))
        {
            yield return path;
        }
        foreach (var path in Directory.GetFiles(_folder, "*" + AtomicFile.TemporarySuffix))
        {
            yield return path;
        }
    }

    private string[] NewestFirst() =>
    [
        .. Directory.EnumerateFiles(_folder, $"{Prefix}*{Suffix}")
            .Select(path => (Path: path, Update: ParseUpdate(path)))
            .Where(file => file.Update >= 0)
            .OrderByDescending(file => file.Update)
            .Select(file => file.Path),
    ];

    private static long ParseUpdate(string path) =>
        long.TryParse(Path.GetFileName(path).AsSpan()[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var update)
            ? update
            : -1;
}
