using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Replay;

namespace Dreamer.Training.Environments;

/// <summary>Plays an environment step by step and records its episodes.</summary>
/// <remarks>Not thread-safe. Owns nothing that it is given.</remarks>
internal sealed class EnvironmentDriver
{
    private readonly LivePolicy _policy;
    private readonly ulong _seed;
    private readonly EpisodeRecorder _recorder;
    private IEnvironment _environment;
    private EnvironmentStep _last;
    private EpisodeNoise _noise;
    private bool _random;

    public EnvironmentDriver(IEnvironment environment, LivePolicy policy, ulong seed)
    {
        (_environment, _policy, _seed) = (environment, policy, seed);
        var observation = environment.ObservationSpace;
        _recorder = new EpisodeRecorder(observation.Image, observation.VectorSize, environment.ActionSpace.Size);
    }

    /// <summary>How many episodes have ended; the number of the one that runs.</summary>
    public long Episodes { get; private set; }

    /// <summary>Whether an episode runs.</summary>
    public bool InEpisode => _recorder.RowCount > 0;

    /// <summary>Does one action, after a reset where no episode runs.</summary>
    /// <param name="random">Whether an episode that starts here is to be played with random actions.</param>
    /// <returns>The episode, if it ended.</returns>
    public Episode? Step(bool random)
    {
        var id = EpisodeDirectory.IdOf(Episodes);
        if (!InEpisode)
        {
            _noise = new EpisodeNoise(_seed, id);
            _policy.Start(_noise);
            _random = random;
            _last = _environment.Reset();
            _recorder.First(Observation(_last));
        }
        var action = _random ? RandomAction() : _policy.Act(_last, greedy: false);
        _last = _environment.Step(action);
        _recorder.Add(Observation(_last), action, _last.Reward, _last.IsLast, _last.IsTerminal);
        if (!_last.IsLast)
        {
            return null;
        }
        Episodes++;
        return _recorder.Finish(id);
    }

    /// <summary>Adds the episode that runs, and the environment's state, to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.Add("driver/episodes", Episodes);
        if (_environment is not IResumableEnvironment resumable)
        {
            return;
        }
        checkpoint.Add("driver/environment", resumable.SaveState());
        if (InEpisode)
        {
            var episode = _recorder.Finish("unfinished");
            Record(episode);
            checkpoint.AddJson("driver/episode", episode);
            checkpoint.Add("driver/random", _random ? 1 : 0);
            _policy.Save(checkpoint);
        }
    }

    /// <summary>Goes on from a checkpoint: in the middle of the episode where the environment can, else with a new one.</summary>
    /// <param name="checkpoint">The checkpoint to read.</param>
    /// <param name="create">Creates an environment for the episodes from a number on, where it cannot be resumed; may be null.</param>
    public void Load(Checkpoint checkpoint, Func<long, IEnvironment>? create)
    {
        Episodes = checkpoint.GetInt64("driver/episodes");
        _recorder.Clear();
        if (_environment is not IResumableEnvironment resumable || !checkpoint.Contains("driver/environment"))
        {
            // The environment that a seed starts has played its first episodes already, before the checkpoint.
            _environment = create?.Invoke(Episodes) ?? _environment;
            return;
        }
        resumable.LoadState(checkpoint.GetBytes("driver/environment"));
        if (checkpoint.Contains("driver/episode"))
        {
            var episode = checkpoint.GetJson<Episode>("driver/episode");
            Record(episode);
            _last = Last(episode);
            _random = checkpoint.GetInt64("driver/random") != 0;
            _noise = new EpisodeNoise(_seed, EpisodeDirectory.IdOf(Episodes));
            _policy.Load(checkpoint, _noise);
        }
    }

    private static AgentObservation Observation(EnvironmentStep step) => new(step.Image, step.Vector);

    private static EnvironmentStep Last(Episode episode)
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

    private void Record(Episode episode)
    {
        _recorder.First(new AgentObservation(episode.Image(0), episode.Vector(0)));
        for (var row = 1; row < episode.RowCount; row++)
        {
            _recorder.Add(
                new AgentObservation(episode.Image(row), episode.Vector(row)),
                episode.Action(row),
                episode.Rewards[row],
                episode.IsLast[row],
                episode.IsTerminal[row]);
        }
    }

    private float[] RandomAction()
    {
        var space = _environment.ActionSpace;
        var uniform = new float[space.IsDiscrete ? 1 : space.Size];
        _noise.Fill(uniform, _recorder.RowCount - 1, NoiseStream.Action);
        return space.IsDiscrete
            ? OneHot.Create((int)(uniform[0] * space.Size), space.Size)
            : [.. uniform.Select((u, i) => space.Low[i] + (space.High[i] - space.Low[i]) * u)];
    }
}
