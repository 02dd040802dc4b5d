using Dreamer.Inference.Episodes;

namespace Dreamer.Training.Replay;

/// <summary>Recorded episodes of another run, or of another program, that a run starts with.</summary>
/// <remarks>Their ids in the run are <c>given/</c> and the file's name, so that they never collide with the run's own.</remarks>
/// <param name="folder">The folder of <c>.npz</c> files, in either form of the reference.</param>
/// <param name="check">What the environment expects of them.</param>
internal sealed class GivenEpisodes(string folder, EpisodeCheck check)
{
    private const string Prefix = "given/";

    /// <summary>Whether an id is that of a given episode.</summary>
    public static bool IsGiven(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The ids of all episodes there, in the order of their names.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is missing, or holds no episode.</exception>
    public IReadOnlyList<string> Ids()
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.npz") : [];
        return files.Length > 0
            ? [.. files.Select(path => Prefix + Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : throw new DirectoryNotFoundException($"There are no episodes (*.npz) to start with in '{folder}'.");
    }

    /// <summary>Reads an episode.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="InvalidEpisodeException">The file is missing or damaged, or the episode does not fit the environment; the message names it.</exception>
    public Episode Load(string id)
    {
        var path = Path.Combine(folder, id[Prefix.Length..]);
        var episode = EpisodeFile.Read(path);
        var errors = check.Errors(episode).ToList();
        return errors.Count > 0
            ? throw new InvalidEpisodeException($"'{path}' does not fit the environment: {string.Join("; ", errors)}.")
            : new Episode
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
            };
    }
}
