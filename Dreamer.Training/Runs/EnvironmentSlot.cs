using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Replay;
using Dreamer.Training.Runs;

namespace Dreamer.Training.Runs;

/// <summary>One of the parallel environments, and the recording of its running episode.</summary>
/// <remarks>Not thread-safe. Does not own the environment.</remarks>
internal sealed class EnvironmentSlot
{
    private readonly ulong _seed;
    private readonly EpisodeRecorder _recorder;
    private Episode? _snapshot;

    public EnvironmentSlot(IEnvironment environment, ulong seed)
    {
        (Environment, _seed) = (environment, seed);
        var observation = environment.ObservationSpace;
        _recorder = new EpisodeRecorder(observation.Image, observation.VectorSize, environment.ActionSpace.Size);
    }

    public IEnvironment Environment { get; private set; }

    /// <summary>Whether an episode runs.</summary>
    public bool InEpisode => _recorder.RowCount > 0;

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
    /// <exception cref="InvalidEnvironmentException">The environment breaks its contract.</exception>
    public void Start(long number, bool random)
    {
        (Number, IsRandom) = (number, random);
        Last = EnvironmentRules.Checked(Environment, Environment.Reset(), row: 0, Id);
        _recorder.First(Observation(Last));
    }

    /// <summary>A uniformly random action.</summary>
    public float[] RandomAction()
    {
        var space = Environment.ActionSpace;
        var uniform = new float[space.IsDiscrete ? 1 : space.Size];
        Noise.Fill(uniform, _recorder.RowCount - 1, NoiseStream.Action);
        return space.IsDiscrete
            ? OneHot.Create((int)(uniform[0] * space.Size), space.Size)
            : [.. uniform.Select((u, i) => space.Low[i] + (space.High[i] - space.Low[i]) * u)];
    }

    /// <summary>Takes an action.</summary>
    /// <param name="action">The action.</param>
    /// <returns>The episode, if it ended.</returns>
    /// <exception cref="InvalidEnvironmentException">The environment breaks its contract.</exception>
    public Episode? Step(float[] action)
    {
        Last = EnvironmentRules.Checked(Environment, Environment.Step(action), _recorder.RowCount, Id);
        _recorder.Add(Observation(Last), action, Last.Reward, Last.IsLast, Last.IsTerminal);
        return Last.IsLast ? _recorder.Finish(Id) : null;
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
        if (Environment is IResumableEnvironment resumable)
        {
            checkpoint.Add($"{prefix}/environment", resumable.SaveState());
        }
        if (Open() is { } episode)
        {
            checkpoint.AddJson($"{prefix}/episode", episode, RunJson.Default.Episode);
            checkpoint.Add($"{prefix}/number", Number);
            checkpoint.Add($"{prefix}/random", IsRandom ? 1 : 0);
        }
    }

    /// <summary>Resumes from a checkpoint: in the middle of the episode if the environment can, else with the next one.</summary>
    /// <returns>The running episode, truncated, if the environment cannot continue it; else null.</returns>
    public Episode? Load(Checkpoint checkpoint, string prefix)
    {
        _recorder.Clear();
        var episode = checkpoint.Contains($"{prefix}/episode") ? checkpoint.GetJson($"{prefix}/episode", RunJson.Default.Episode) : null;
        if (Environment is not IResumableEnvironment resumable || !checkpoint.Contains($"{prefix}/environment"))
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

    /// <summary>Continues in another environment with the same spaces, from a new episode.</summary>
    public void Replace(IEnvironment environment)
    {
        Environment = environment;
        _recorder.Clear();
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
