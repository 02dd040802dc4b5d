using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Replay;

namespace Dreamer.Training.Runs;

/// <summary>One of the parallel environments, and the recording of its running episode.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class EnvironmentSlot : IDisposable
{
    private readonly ulong _seed;
    private readonly EnvironmentDeadline _deadline;
    private readonly bool _owned;
    private readonly EpisodeRecorder _recorder;
    private readonly ActionSpace _actions;
    private Episode? _snapshot;

    /// <param name="environment">The first environment.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="deadline">How long a call may take.</param>
    /// <param name="owned">Whether environments are disposed with the slot, or when they are replaced.</param>
    public EnvironmentSlot(IEnvironment environment, ulong seed, EnvironmentDeadline deadline, bool owned)
    {
        (_seed, _deadline, _owned, _actions) = (seed, deadline, owned, environment.ActionSpace);
        Worker = new EnvironmentWorker(environment, deadline, owned);
        var observation = environment.ObservationSpace;
        _recorder = new EpisodeRecorder(observation.Image, observation.VectorSize, _actions.Size);
    }

    /// <summary>Calls the environment.</summary>
    public EnvironmentWorker Worker { get; private set; }

    /// <summary>Whether the environment can save its state.</summary>
    public bool IsResumable => Worker.Environment is IResumableEnvironment;

    /// <summary>Whether a checkpoint had no state of the environment, so that it must not play its first episodes again.</summary>
    public bool HasLostState { get; private set; }

    /// <summary>Whether an episode runs.</summary>
    public bool InEpisode => _recorder.RowCount > 0;

    /// <summary>Rows of the running episode so far.</summary>
    public int RowCount => _recorder.RowCount;

    /// <summary>The number of the running or last episode.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the episode is played with random actions.</summary>
    public bool IsRandom { get; private set; }

    /// <summary>The last row.</summary>
    public EnvironmentStep Last { get; private set; }

    /// <summary>The noise of the episode.</summary>
    public EpisodeNoise Noise => new(_seed, Id);

    private string Id => EpisodeDirectory.IdOf(Number);

    /// <summary>Starts an episode.</summary>
    /// <param name="number">Its number in the run.</param>
    /// <param name="random">Whether it is played with random actions.</param>
    /// <inheritdoc cref="EnvironmentWorker.Reset" path="/exception"/>
    public void Start(long number, bool random)
    {
        (Number, IsRandom) = (number, random);
        Last = Worker.Reset(Id);
        _recorder.First(Observation(Last));
    }

    /// <summary>A uniformly random action.</summary>
    public float[] RandomAction()
    {
        var uniform = new float[_actions.IsDiscrete ? 1 : _actions.Size];
        Noise.Fill(uniform, _recorder.RowCount - 1, NoiseStream.Action);
        return _actions.IsDiscrete
            ? OneHot.Create((int)(uniform[0] * _actions.Size), _actions.Size)
            : [.. uniform.Select((u, i) => _actions.Low[i] + (_actions.High[i] - _actions.Low[i]) * u)];
    }

    /// <summary>Takes an action.</summary>
    /// <returns>The episode, if it ended.</returns>
    /// <inheritdoc cref="EnvironmentWorker.Reset" path="/exception"/>
    public Episode? Step(float[] action)
    {
        Last = Worker.Step(action, _recorder.RowCount, Id);
        _recorder.Add(Observation(Last), action, Last.Reward, Last.IsLast, Last.IsTerminal);
        return Last.IsLast ? _recorder.Finish(Id) : null;
    }

    /// <summary>
    /// Ends the recording of the running episode as truncated, although the environment continues: what follows is recorded as another episode, whose first row
    /// is the last one of this.
    /// </summary>
    /// <param name="next">The number of the recording that follows.</param>
    /// <param name="random">Whether it is played with random actions.</param>
    public Episode Cut(long next, bool random)
    {
        var episode = Truncated(_recorder.Finish(Id));
        (Number, IsRandom) = (next, random);
        _recorder.First(Observation(Last));
        return episode;
    }

    /// <summary>Gives up the running episode, for its environment failed.</summary>
    /// <returns>The episode as truncated, or null if it had no step.</returns>
    public Episode? Abandon()
    {
        var episode = _recorder.RowCount >= 2 ? Truncated(_recorder.Finish(Id)) : null;
        _recorder.Clear();
        return episode;
    }

    /// <summary>The running episode so far, or null.</summary>
    public Episode? Open()
    {
        if (!InEpisode)
        {
            return null;
        }
        if (_snapshot is null || _snapshot.Id != Id || _snapshot.RowCount != _recorder.RowCount)
        {
            _snapshot = _recorder.Snapshot(Id);
        }
        return _snapshot;
    }

    /// <summary>Adds the running episode, and the environment's state if it can be saved, to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint, string prefix)
    {
        if (Worker is { IsLost: false, Environment: IResumableEnvironment resumable })
        {
            checkpoint.Add($"{prefix}/environment", resumable.SaveState());
        }
        if (Open() is { } episode)
        {
            using var bytes = new MemoryStream();
            EpisodeFile.Write(bytes, episode);
            checkpoint.Add($"{prefix}/episode.npz", bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            checkpoint.Add($"{prefix}/number", Number);
            checkpoint.Add($"{prefix}/random", IsRandom ? 1 : 0);
        }
    }

    /// <summary>Resumes from a checkpoint: in the middle of the episode if the environment can, else with the next one.</summary>
    /// <returns>The running episode, truncated, if the environment cannot continue it; else null.</returns>
    public Episode? Load(Checkpoint checkpoint, string prefix)
    {
        _recorder.Clear();
        var episode = ReadEpisode(checkpoint, prefix);
        HasLostState = !checkpoint.Contains($"{prefix}/environment");
        if (HasLostState || Worker.Environment is not IResumableEnvironment resumable)
        {
            return episode is null ? null : Truncated(episode);
        }
        resumable.LoadState(checkpoint.GetBytes($"{prefix}/environment"));
        if (episode is not null)
        {
            (Number, IsRandom) = (checkpoint.GetInt64($"{prefix}/number"), checkpoint.GetInt64($"{prefix}/random") != 0);
            _recorder.Resume(episode);
            Last = LastOf(episode);
        }
        return null;
    }

    /// <summary>Continues in another environment with the same spaces, from a new episode; null for the same environment.</summary>
    public void Replace(IEnvironment? environment)
    {
        if (environment is not null)
        {
            Worker.Dispose();
            Worker = new EnvironmentWorker(environment, _deadline, _owned);
        }
        HasLostState = false;
        _recorder.Clear();
    }

    public void Dispose() => Worker.Dispose();

    private static Episode? ReadEpisode(Checkpoint checkpoint, string prefix)
    {
        if (checkpoint.Contains($"{prefix}/episode.npz"))
        {
            using var bytes = new MemoryStream(checkpoint.GetBytes($"{prefix}/episode.npz"));
            return EpisodeFile.Read(bytes, EpisodeDirectory.IdOf(checkpoint.GetInt64($"{prefix}/number")));
        }
        // Checkpoints of the first release hold JSON.
        return checkpoint.Contains($"{prefix}/episode") ? checkpoint.GetJson($"{prefix}/episode", RunJson.Default.Episode) : null;
    }

    private static AgentObservation Observation(EnvironmentStep step) => new(step.Image, step.Vector);

    private static EnvironmentStep LastOf(Episode episode)
    {
        var row = episode.RowCount - 1;
        return new EnvironmentStep
        {
            Image = episode.ImageShape is null ? null : episode.Image(row).ToArray(),
            Vector = episode.VectorSize == 0 ? null : episode.Vector(row).ToArray(),
            Reward = episode.Rewards[row],
            IsFirst = row == 0,
        };
    }

    private static Episode Truncated(Episode episode)
    {
        episode.IsLast[^1] = true;
        return episode;
    }
}
