using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training.Runs;

/// <summary>The source of a run's experience: the environments, the policy that acts in them, and the replay.</summary>
/// <remarks>Not thread-safe. Does not own the networks, and the environments only if it can create them.</remarks>
internal sealed class ExperienceCollector : IDisposable
{
    private const int EndlessRows = 1000;

    private readonly DreamerOptions _options;
    private readonly Func<ulong, IEnvironment>? _factory;
    private readonly RunEpisodes _episodes;
    private readonly LivePolicy _policy;
    private readonly EnvironmentDriver _driver;
    private readonly EnvironmentRecovery _recovery;
    private readonly EnvironmentDeadline _deadline;
    private bool _isEndless;

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
        (_recovery, _deadline) = (new EnvironmentRecovery(factory, options), new EnvironmentDeadline(options.EnvironmentTimeout));
        var slots = environments.Select(environment => new EnvironmentSlot(environment, options.Seed, _deadline, owned: factory is not null));
        _driver = new EnvironmentDriver(slots, _policy, _recovery) { MaxRows = LargestRecording(environments[0]) };
    }

    /// <summary>Whether no episode had ended after the prefill: what runs is then sampled too, and recorded in parts.</summary>
    public bool IsEndless
    {
        get => _isEndless;
        set
        {
            _isEndless = value;
            _driver.MaxRows = value ? Math.Min(_driver.MaxRows, Math.Max(EndlessRows, 4 * _options.Replay.SequenceLength)) : _driver.MaxRows;
        }
    }

    /// <summary>The steps without an end after which a task may be one without an end.</summary>
    public long PatientSteps => (long)EndlessRows * _driver.Count;

    /// <summary>Stops a call of an environment that does not answer.</summary>
    public CancellationToken Cancellation
    {
        set => _deadline.Cancellation = value;
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
        Func<int, long, IEnvironment>? create = _factory is null ? null : (slot, episodes) => _factory(EnvironmentSeed(_options.Seed, episodes, slot));
        if (!_driver.IsResumable)
        {
            _episodes.Adopt(_driver, cut, create);
        }
        else if (checkpoint is not null)
        {
            foreach (var episode in cut.Where(episode => episode.RowCount >= 2))
            {
                _episodes.Add(episode);
            }
            _driver.ReplaceLost(create is null ? null : slot => create(slot, _driver.Started));
        }
    }

    /// <summary>What is still running, as truncated episodes, in a task where none ends: the policy plays what follows.</summary>
    public IReadOnlyList<Episode> CutAll() => _driver.CutAll();

    /// <summary>The messages about environments that were replaced since the last call.</summary>
    public IReadOnlyList<string> TakeNotices() => _recovery.TakeNotices();

    /// <summary>Evaluates a policy, in a new environment if there is a factory, else in the one of the run between two episodes.</summary>
    public EvaluationResult Evaluate(ulong seed, TrainingState state, WorldModelNetworks worldModel, Actor actor)
    {
        var environment = _factory?.Invoke(seed);
        while (true)
        {
            using var worker = environment is null ? null : new EnvironmentWorker(environment, _deadline, owned: true);
            try
            {
                return Evaluator.Evaluate(
                    worker ?? _driver.First, worldModel, actor, _options.Evaluation, IsEndless ? EndlessRows : int.MaxValue, seed, state);
            }
            catch (Exception e) when (e is EnvironmentFailedException or InvalidEnvironmentException)
            {
                environment = _recovery.Restart(e, slot: 0, _driver.Started);
                if (environment is null)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Takes one step in each environment.</summary>
    /// <param name="actor">The policy that acts.</param>
    /// <param name="random">Whether episodes that start here are played with random actions.</param>
    /// <param name="ended">Receives the episodes that ended.</param>
    /// <returns>The number of steps, and the failure that ends the run, or null.</returns>
    public (int Steps, Exception? Failure) Step(Actor actor, bool random, ICollection<Episode> ended)
    {
        _policy.Actor = actor;
        return _driver.Step(random, new ActionNoise(_options.ActionNoise, _options.ActionNoiseSteps), ended);
    }

    /// <summary>Adds an episode that ended to the replay.</summary>
    public void Remember(Episode episode) => _episodes.Add(episode);

    /// <summary>Makes the running episodes available for sampling, if the options say so.</summary>
    public void ShareOngoing()
    {
        if (_options.Replay.Ongoing || IsEndless)
        {
            Replay.SetOngoing(_driver.Open());
        }
    }

    public void Save(Checkpoint checkpoint)
    {
        _episodes.Save(checkpoint);
        _driver.Save(checkpoint);
    }

    public void Dispose()
    {
        _driver.Dispose();
        _policy.Dispose();
    }

    /// <summary>The rows after which an episode is recorded in parts, so that each can be written, read back and held in memory.</summary>
    private static int LargestRecording(IEnvironment environment)
    {
        const long MostBytes = 256L << 20;
        var space = environment.ObservationSpace;
        var bytes = (space.Image?.Size ?? 0) + (long)sizeof(float) * (space.VectorSize + environment.ActionSpace.Size + 2);
        return (int)Math.Clamp(MostBytes / bytes, 2, int.MaxValue / 2);
    }
}
