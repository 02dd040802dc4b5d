using Dreamer.Inference.Episodes;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Replay;

namespace Dreamer.Training.Runs;

/// <summary>The episodes of a run: in memory, on disk, and those it started with.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RunEpisodes
{
    private const string Entry = "run/episodes";
    private const int ReasonsShown = 5;

    private readonly ReplayBuffer _replay;
    private readonly ReplayOptions _options;
    private readonly EpisodeDirectory? _directory;
    private readonly GivenEpisodes? _given;
    private readonly BackgroundWriter _writer;
    private readonly Action<string> _notice;

    public RunEpisodes(
        ReplayBuffer replay, DreamerOptions options, IEnvironment environment, TimeProvider time, BackgroundWriter writer, Action<string> notice)
    {
        (_replay, _options, _writer, _notice) = (replay, options.Replay, writer, notice);
        _directory = options.LogDirectory is { } folder ? new EpisodeDirectory(Path.Combine(folder, "episodes"), time) : null;
        if (options.Replay.StartingEpisodes is { } given)
        {
            var (observation, actions) = (environment.ObservationSpace, environment.ActionSpace);
            var check = new EpisodeCheck(observation.Image, observation.VectorSize, actions.ToManifest(), "the environment");
            _given = new GivenEpisodes(given, options.Replay.ReadOptions(actions.IsDiscrete ? actions.Size : null), check);
        }
    }

    /// <summary>Adds an episode that ended, to memory now and to the disk soon.</summary>
    public void Add(Episode episode)
    {
        _replay.Add(episode);
        if (_directory is { } directory)
        {
            _writer.Add(() => directory.Save(episode));
        }
    }

    /// <summary>Loads the episodes that a new run starts with.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder of episodes to start with is missing or empty.</exception>
    /// <exception cref="InvalidEpisodeException">No episode there can be used, or one cannot although all are required.</exception>
    public void Begin()
    {
        _directory?.RemoveUnfinished();
        if (_given is null)
        {
            return;
        }
        var (episodes, steps, refused, notes) = (0, 0L, new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var episode in _given.Read(refused.Add))
        {
            _replay.Add(episode);
            (episodes, steps) = (episodes + 1, steps + episode.RowCount - 1);
            foreach (var note in episode.Notes)
            {
                notes[note] = notes.GetValueOrDefault(note) + 1;
            }
        }
        var reasons = refused.Count == 0 ? "" : $": {string.Join(" ", refused.Take(ReasonsShown))}{(refused.Count > ReasonsShown ? " ..." : "")}";
        var summary = $"{episodes} episodes, {steps} steps taken from '{_options.StartingEpisodes}'; {refused.Count} files refused{reasons}";
        if (episodes == 0 || (refused.Count > 0 && _options.RequireAllStartingEpisodes))
        {
            throw new InvalidEpisodeException(summary);
        }
        _notice(summary);
        foreach (var (note, count) in notes.OrderBy(note => note.Key, StringComparer.Ordinal))
        {
            _notice($"Starting episodes: {note} ({count} of {episodes} episodes).");
        }
    }

    /// <summary>Loads the episodes that were in memory when a checkpoint was saved.</summary>
    public void Load(Checkpoint checkpoint)
    {
        _directory?.RemoveUnfinished();
        Load(checkpoint.GetJson(Entry, RunJson.Default.StringArray));
    }

    /// <summary>Saves which episodes are in memory.</summary>
    public void Save(Checkpoint checkpoint) => checkpoint.AddJson(Entry, [.. _replay.Episodes.Select(episode => episode.Id)], RunJson.Default.StringArray);

    /// <summary>
    /// Adopts the episodes recorded after the last checkpoint, if the environments cannot be brought back to it: the recordings are
    /// kept. (Resumable environments play the same episodes again, and replace the files.)
    /// </summary>
    /// <param name="driver">The driver, after it was loaded.</param>
    /// <param name="cut">The episodes that ran when the checkpoint was saved.</param>
    /// <param name="create">Creates a slot's environment for the episodes from a number on; may be null.</param>
    public void Adopt(EnvironmentDriver driver, IReadOnlyList<Episode> cut, Func<int, long, IEnvironment>? create)
    {
        var known = _replay.Episodes.Select(episode => episode.Id).ToHashSet(StringComparer.Ordinal);
        var open = cut.Select(episode => episode.Id).ToHashSet(StringComparer.Ordinal);
        long[] numbers = [.. _directory?.Numbers ?? []];
        var later = numbers
            .Select(number => (Number: number, Id: EpisodeDirectory.IdOf(number)))
            .Where(file => !known.Contains(file.Id) && (file.Number >= driver.Started || open.Contains(file.Id)))
            .Select(file => file.Id)
            .ToArray();
        var unfinished = cut.Where(episode => !later.Contains(episode.Id) && episode.RowCount >= 2).ToArray();
        foreach (var episode in unfinished)
        {
            Add(episode);
        }
        _writer.Flush();
        Load(later);
        if (later.Length + unfinished.Length > 0)
        {
            _notice($"Keeping {later.Length} episodes recorded after the checkpoint, and {unfinished.Length} that were running then, truncated.");
        }
        var started = Math.Max(driver.Started, numbers.Length > 0 ? numbers[^1] + 1 : 0);
        driver.StartOver(started, driver.Ended + later.Length + unfinished.Length, create is null ? null : slot => create(slot, started));
    }

    private void Load(IReadOnlyList<string> ids)
    {
        string[] given = [.. ids.Where(GivenEpisodes.IsGiven)];
        if (given.Length > 0)
        {
            foreach (var episode in _given?.Read(given, reason => _notice($"Skipping an episode: {reason}")) ?? [])
            {
                _replay.Add(episode);
            }
        }
        foreach (var id in ids.Where(id => !GivenEpisodes.IsGiven(id)))
        {
            foreach (var episode in _directory!.Load([id], _notice))
            {
                _replay.Add(episode);
            }
        }
    }
}
