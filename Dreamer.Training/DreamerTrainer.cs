using System.Text.Json;
using Dreamer.Inference.IO;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.Telemetry;
using TorchSharp;

namespace Dreamer.Training;

/// <summary>Trains an agent in an environment: plays, remembers, learns a world model and a behavior in it, evaluates, saves.</summary>
/// <remarks>
/// With a log directory a run leaves there <c>metrics.jsonl</c>, <c>config.json</c>, <c>checkpoints/</c> and <c>episodes/</c>, and
/// the same call resumes it: with one thread and an <see cref="IResumableEnvironment"/> bit for bit as if it had never stopped.
/// One thread at a time may use a trainer. It owns its networks, and neither environment nor observer.
/// </remarks>
public sealed class DreamerTrainer : IDisposable
{
    private readonly Func<ulong, IEnvironment>? _factory;
    private readonly IEnvironment _environment;
    private readonly ITrainingObserver? _observer;
    private readonly TimeProvider _time;
    private readonly ReplayBuffer _replay;
    private readonly AgentLearner _learner;
    private readonly LivePolicy _policy;
    private readonly EnvironmentDriver _driver;
    private readonly CheckpointStore? _checkpoints;
    private readonly EpisodeDirectory? _episodes;
    private TrainingState _state = new();
    private bool _restored;
    private int _running;

    static DreamerTrainer() => TorchRuntime.EnsureLoaded();

    /// <summary>Prepares a run in an environment of the registry, <see cref="DreamerOptions.Environment"/>.</summary>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
    public DreamerTrainer(DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(EnvironmentRegistry.Default.Find((options ?? throw new ArgumentNullException(nameof(options))).Environment), options, observer, time)
    {
    }

    /// <summary>Prepares a run in environments that a factory creates: one to train in, and a new one for every evaluation.</summary>
    /// <param name="factory">Creates an environment from a seed.</param>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
    public DreamerTrainer(
        Func<ulong, IEnvironment> factory, DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(
            (factory ?? throw new ArgumentNullException(nameof(factory)))(EnvironmentSeed(options, 0)), factory, options, observer, time)
    {
    }

    /// <summary>Prepares a run in one environment, which evaluations use as well, between two training episodes.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="options">What determines the run.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock for rates and file names; the system's by default.</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists everything that is wrong.</exception>
    public DreamerTrainer(IEnvironment environment, DreamerOptions options, ITrainingObserver? observer = null, TimeProvider? time = null)
        : this(environment, factory: null, options, observer, time)
    {
    }

    private DreamerTrainer(
        IEnvironment environment, Func<ulong, IEnvironment>? factory, DreamerOptions options, ITrainingObserver? observer, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Errors(environment.ObservationSpace) is { Count: > 0 } errors)
        {
            throw new ArgumentException($"The options '{options.Preset}' cannot be used:\n- {string.Join("\n- ", errors)}", nameof(options));
        }
        (_environment, _factory, Options, _observer, _time) = (environment, factory, options, observer, time ?? TimeProvider.System);
        torch.manual_seed(unchecked((long)Seeds.Derive(options.Seed, "weights")));
        _replay = new ReplayBuffer(environment.ObservationSpace, environment.ActionSpace.Size, options.Replay);
        _learner = new AgentLearner(
            options,
            _replay,
            new WorldModelNetworks(options.Networks, environment.ObservationSpace, environment.ActionSpace),
            new ActorCriticNetworks(options.Networks, environment.ActionSpace));
        _policy = new LivePolicy(WorldModel, ActorCritic.Actor);
        _driver = new EnvironmentDriver(environment, _policy, options.Seed);
        if (options.LogDirectory is { } folder)
        {
            _checkpoints = new CheckpointStore(Path.Combine(folder, "checkpoints"), options.KeepCheckpoints);
            _episodes = new EpisodeDirectory(Path.Combine(folder, "episodes"), _time);
        }
    }

    /// <summary>What determines the run.</summary>
    public DreamerOptions Options { get; }

    /// <summary>The world model's networks; the trainer owns them, and changes them while it runs.</summary>
    public WorldModelNetworks WorldModel => _learner.WorldModel;

    /// <summary>The networks of actor and critic; the trainer owns them, and changes them while it runs.</summary>
    public ActorCriticNetworks ActorCritic => _learner.ActorCritic;

    /// <summary>Updates so far, over all resumptions.</summary>
    public long Updates => _state.Updates;

    /// <summary>Environment steps so far, over all resumptions.</summary>
    public long EnvironmentSteps => _state.EnvironmentSteps;

    /// <summary>The last evaluation, or null before the first.</summary>
    public EvaluationResult? Evaluation => _state.Evaluation;

    /// <summary>Goes back to the newest whole checkpoint of the log directory; <see cref="RunAsync"/> does so by itself.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidCheckpointException">The log directory holds a run of another environment, seed or network sizes.</exception>
    public bool Restore()
    {
        _restored = true;
        if (_checkpoints?.LoadNewest(Notice) is not { } checkpoint)
        {
            return false;
        }
        RunIdentity.Check(checkpoint, Options, _environment);
        _learner.Load(checkpoint);
        _state = checkpoint.GetJson<TrainingState>("run/state");
        _driver.Load(checkpoint, _factory is null ? null : episodes => _factory(EnvironmentSeed(Options, episodes)));
        _episodes!.RemoveFrom(_driver.Episodes);
        _replay.Clear();
        foreach (var episode in _episodes.Load(checkpoint.GetJson<string[]>("run/episodes"), Notice))
        {
            _replay.Add(episode);
        }
        Notice($"Going on from update {_state.Updates}, environment step {_state.EnvironmentSteps}.");
        return true;
    }

    /// <summary>Runs until the target is reached, the budget is spent, or it is cancelled; resumes where there is something to resume.</summary>
    /// <param name="cancellationToken">Ends the run at the next step; with a log directory, after a checkpoint.</param>
    /// <returns>Why it ended, and how far it got. A cancelled run ends with a result, not with an exception.</returns>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    /// <exception cref="InvalidCheckpointException">The log directory holds another run.</exception>
    /// <exception cref="Optimization.NonFiniteTensorException">A loss or gradient became infinite; the last checkpoint stands.</exception>
    public async Task<TrainingResult> RunAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("This trainer runs already.");
        }
        try
        {
            // A thread of its own: TorchSharp's scopes and switches belong to a thread, and updates take no breath.
            return await Task.Factory.StartNew(
                () => Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _policy.Dispose();
        _learner.Dispose();
    }

    private static ulong EnvironmentSeed(DreamerOptions options, long episodes)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Seeds.Derive(options.Seed, "environment", episodes);
    }

    private TrainingResult Run(CancellationToken cancellationToken)
    {
        if (Options.Threads > 0)
        {
            torch.set_num_threads(Options.Threads);
        }
        if (!_restored)
        {
            Restore();
        }
        if (Options.LogDirectory is { } folder)
        {
            AtomicFile.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(Options, ConfigJson.Options));
        }
        using var telemetry = new RunTelemetry(Options, _observer, _time, _state);
        StopReason? reason = null;
        while ((reason = Reason(cancellationToken)) is null)
        {
            if (IsEvaluationDue)
            {
                Evaluate(telemetry);
            }
            else if (_state.DueUpdates > 0)
            {
                Update(telemetry);
            }
            else
            {
                Play(telemetry);
            }
        }
        if (reason == StopReason.BudgetSpent && _state.Evaluation?.Updates != _state.Updates)
        {
            Evaluate(telemetry);
            reason = HasReachedTarget ? StopReason.TargetReached : reason;
        }
        telemetry.Report(_state, _driver.Episodes);
        Save(isBest: false);
        return new TrainingResult(reason.Value, _state.Updates, _state.EnvironmentSteps, _driver.Episodes, _state.Evaluation, telemetry.Elapsed);
    }

    private bool HasReachedTarget => _state.Evaluation is { } evaluation && evaluation.MeanReturn >= Options.Evaluation.TargetReturn;

    // Evaluations of a run with one environment wait for the end of the training episode in it.
    private bool IsEvaluationDue =>
        _state.Updates - (_state.Evaluation?.Updates ?? 0) >= Options.Evaluation.EveryUpdates && (_factory is not null || !_driver.InEpisode);

    private StopReason? Reason(CancellationToken cancellationToken) =>
        HasReachedTarget ? StopReason.TargetReached
        : _state.Updates >= Options.MaxUpdates ? StopReason.BudgetSpent
        : cancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : null;

    private void Play(RunTelemetry telemetry)
    {
        var episode = _driver.Step(random: !_state.Prefilled);
        _state = _state with { EnvironmentSteps = _state.EnvironmentSteps + 1 };
        if (episode is not null)
        {
            _replay.Add(episode);
            _episodes?.Save(episode);
            telemetry.Episode(episode, _state.EnvironmentSteps);
        }
        if (_state.Prefilled && _state.EnvironmentSteps % Options.TrainEverySteps == 0)
        {
            _state = _state with { DueUpdates = Options.UpdatesPerTrain };
        }
        else if (!_state.Prefilled && episode is not null && _state.EnvironmentSteps >= Options.PrefillSteps)
        {
            _state = _state with { Prefilled = true, DueUpdates = Options.PretrainUpdates };
        }
    }

    private void Update(RunTelemetry telemetry)
    {
        _learner.Update(_state.Updates, telemetry.Metrics);
        _state = _state with { Updates = _state.Updates + 1, DueUpdates = _state.DueUpdates - 1 };
        if (_state.Updates % Options.LogEveryUpdates == 0)
        {
            telemetry.Report(_state, _driver.Episodes);
        }
        if (_state.Updates % Options.CheckpointEveryUpdates == 0)
        {
            Save(isBest: false);
        }
    }

    private void Evaluate(RunTelemetry telemetry)
    {
        var seed = Seeds.Derive(Options.Seed, "evaluation", _state.Updates);
        var environment = _factory?.Invoke(seed) ?? _environment;
        var result = Evaluator.Evaluate(environment, WorldModel, ActorCritic.Actor, Options.Evaluation.Episodes, seed, _state);
        var isBest = !(result.MeanReturn <= _state.BestReturn);
        _state = _state with { Evaluation = result, BestReturn = isBest ? result.MeanReturn : _state.BestReturn };
        telemetry.Evaluation(result);
        if (isBest)
        {
            Save(isBest: true);
        }
    }

    private void Save(bool isBest)
    {
        if (_checkpoints is null)
        {
            return;
        }
        var checkpoint = new Checkpoint();
        RunIdentity.Save(checkpoint, Options, _environment);
        checkpoint.AddJson("run/state", _state);
        checkpoint.AddJson("run/episodes", _replay.Episodes.Select(episode => episode.Id).ToArray());
        _learner.Save(checkpoint);
        _driver.Save(checkpoint);
        _checkpoints.Save(_state.Updates, checkpoint, isBest);
    }

    private void Notice(string message) => _observer?.OnNotice(message);
}
