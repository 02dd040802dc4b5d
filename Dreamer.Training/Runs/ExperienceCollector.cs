using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training.Runs;

/// <summary>The source of a run's experience: the environments, the policy that acts in them, and the replay.</summary>
/// <remarks>Not thread-safe. Owns neither environments nor networks.</remarks>
internal sealed class ExperienceCollector : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly Func<ulong, IEnvironment>? _factory;
    private readonly RunEpisodes _episodes;
    private readonly LivePolicy _policy;
    private readonly EnvironmentDriver _driver;

    public ExperienceCollector(
        IReadOnlyList<IEnvironment> environments,
        Func<ulong, IEnvironment>? factory,
        DreamerOptions options,
        ReplayBuffer replay,
        RunEpisodes episodes,
        WorldModelNetworks worldModel,
        Actor actor)
    {
        (_options, _factory, Replay, _episodes) = (options, factory, replay, episodes);
        _policy = new LivePolicy(worldModel, actor, environments.Count);
        _driver = new EnvironmentDriver(environments, _policy, options.Seed);
    }

    public ReplayBuffer Replay { get; }

    /// <summary>Episodes that ended so far.</summary>
    public long Episodes => _driver.Ended;

    /// <summary>Whether an episode runs in any environment.</summary>
    public bool InEpisode => _driver.InEpisode;

    /// <summary>The seed of a training environment.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="episodes">The number of episodes that have started, in all environments.</param>
    /// <param name="slot">The index of the environment.</param>
    public static ulong EnvironmentSeed(ulong seed, long episodes, int slot = 0) =>
        Seeds.Derive(seed, slot == 0 ? "environment" : $"environment {slot}", episodes);

    /// <summary>Brings replay and environments to the state of a checkpoint, or to the start of a run.</summary>
    /// <param name="checkpoint">The checkpoint, or null for a new run.</param>
    public void Begin(Checkpoint? checkpoint)
    {
        IReadOnlyList<Episode> cut = [];
        Replay.Clear();
        if (checkpoint is null)
        {
            _episodes.Begin();
        }
        else
        {
            _episodes.Load(checkpoint);
            cut = _driver.Load(checkpoint);
        }
        if (!_driver.IsResumable)
        {
            Func<int, long, IEnvironment>? create =
                _factory is null ? null : (slot, episodes) => _factory(EnvironmentSeed(_options.Seed, episodes, slot));
            _episodes.Adopt(_driver, cut, create);
        }
    }

    /// <summary>Takes one step in each environment.</summary>
    /// <param name="actor">The policy that acts.</param>
    /// <param name="random">Whether episodes that start here are played with random actions.</param>
    /// <returns>The episodes that ended, and the number of steps.</returns>
    /// <exception cref="InvalidEnvironmentException">An environment breaks its contract.</exception>
    public (IReadOnlyList<Episode> Ended, int Steps) Step(Actor actor, bool random)
    {
        _policy.Actor = actor;
        return (_driver.Step(random, new ActionNoise(_options.ActionNoise, _options.ActionNoiseSteps)), _driver.Count);
    }

    /// <summary>Adds an episode that ended to the replay.</summary>
    public void Remember(Episode episode) => _episodes.Add(episode);

    /// <summary>Makes the running episodes available for sampling, if the options say so.</summary>
    public void ShareOngoing()
    {
        if (_options.Replay.Ongoing)
        {
            Replay.SetOngoing(_driver.Open());
        }
    }

    public void Save(Checkpoint checkpoint)
    {
        _episodes.Save(checkpoint);
        _driver.Save(checkpoint);
    }

    public void Dispose() => _policy.Dispose();
}
