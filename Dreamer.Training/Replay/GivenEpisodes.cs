using Dreamer.Inference.Episodes;

namespace Dreamer.Training.Replay;

/// <summary>Recorded episodes of another run, or of another program, that a run starts with.</summary>
/// <remarks>Their ids in the run are <c>given/</c> and the file's name, so that they never collide with the run's own.</remarks>
/// <param name="path">The folder of <c>.npz</c> files, or one file.</param>
/// <param name="options">How they were recorded.</param>
/// <param name="check">What the environment expects of them.</param>
internal sealed class GivenEpisodes(string path, EpisodeReadOptions options, EpisodeCheck check)
{
    private const string Prefix = "given/";

    /// <summary>Whether an id is that of a given episode.</summary>
    public static bool IsGiven(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads all episodes, in the order of their files' names.</summary>
    /// <param name="refused">Receives the reason for each file or episode that cannot be used.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing, or holds no episode.</exception>
    public IEnumerable<Episode> Read(Action<string> refused) => Files().SelectMany(recording => Read(recording, refused));

    /// <summary>Reads the episodes with some ids, in the order of their files' names.</summary>
    /// <param name="ids">The ids, from an earlier <see cref="Read(Action{string})"/>.</param>
    /// <param name="refused">Receives the reason for each that cannot be used any more.</param>
    public IEnumerable<Episode> Read(IReadOnlyCollection<string> ids, Action<string> refused)
    {
        var left = ids.ToHashSet(StringComparer.Ordinal);
        var recordings = Files().Where(recording => ids.Any(id => id.StartsWith(IdOf(recording, 0), StringComparison.Ordinal)));
        foreach (var episode in recordings.SelectMany(recording => Read(recording, refused)).Where(episode => left.Remove(episode.Id)))
        {
            yield return episode;
        }
        foreach (var id in left.Order(StringComparer.Ordinal))
        {
            refused($"episode '{id}' of the checkpoint is not in '{path}' any more, or cannot be used");
        }
    }

    private static string IdOf(EpisodeRecording recording, int index) => $"{Prefix}{Path.GetFileName(recording.Name)}{(index == 0 ? "" : $"#{index + 1}")}";

    private IReadOnlyList<EpisodeRecording> Files()
    {
        if (File.Exists(path))
        {
            return EpisodeRecording.Group([path]);
        }
        string[] all = Directory.Exists(path) ? Directory.GetFiles(path) : [];
        string[] files = [.. all.Where(file => file.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? EpisodeRecording.Group(files) : throw new DirectoryNotFoundException(
            $"There are no episodes (*.npz) to start with in '{path}'{(all.Length > 0 ? $"; it holds {all.Length} other files, for example '{Path.GetFileName(all[0])}'" : "")}.");
    }

    // One bad file must not stop the others: an iterator cannot catch around a yield, so that files are read as a whole.
    private List<Episode> Read(EpisodeRecording recording, Action<string> refused)
    {
        var episodes = new List<Episode>();
        try
        {
            var index = 0;
            foreach (var episode in recording.Read(EpisodeParts.All, options))
            {
                var id = IdOf(recording, index++);
                if (check.Errors(episode) is { Count: > 0 } errors)
                {
                    refused($"'{recording.Name}'{(index > 1 ? $", episode {index}," : "")} does not fit the environment: {string.Join("; ", errors)}.");
                    continue;
                }
                episodes.Add(WithId(id, episode));
            }
        }
        catch (InvalidEpisodeException e)
        {
            refused(e.Message);
        }
        return episodes;
    }

    private static Episode WithId(string id, Episode episode) => new()
    {
        Id = id,
        ImageShape = episode.ImageShape,
        Images = episode.Images,
        VectorSize = episode.VectorSize,
        Vectors = episode.Vectors,
        ActionSize = episode.ActionSize,
        Actions = episode.Actions,
        Rewards = episode.Rewards,
        IsFirst = episode.IsFirst,
        IsLast = episode.IsLast,
        IsTerminal = episode.IsTerminal,
        Notes = episode.Notes,
    };
}
