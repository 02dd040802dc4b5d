using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.Telemetry;
using TorchSharp;

namespace Dreamer.Training.Runs;

/// <summary>What a run does, one small step after the other: play, update, evaluate; between any two it may end and be resumed.</summary>
/// <remarks>Not thread-safe. Owns networks and optimizers, and neither environment nor observer.</remarks>
internal sealed class TrainingLoop : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly IEnvironment _environment;
    private readonly Func<ulong, IEnvironment>? _factory;
    private readonly ITrainingObserver? _observer;
    private readonly TimeProvider _time;
    private readonly ReplayBuffer _replay;
    private readonly AgentLearner _learner;
    private readonly LivePolicy _policy;
    private readonly EnvironmentDriver _driver;
    private readonly CheckpointStore? _checkpoints;
    private readonly EpisodeDirectory? _episodes;
    private bool _restored;

    public TrainingLoop(
        IEnvironment environment, Func<ulong, IEnvironment>? factory, DreamerOptions options, ITrainingObserver? observer, TimeProvider time)
    {
        (_environment, _factory, _options, _observer, _time) = (environment, factory, options, observer, time);
        var device = ComputeDevice.Find(options.Device);
        torch.manual_seed(unchecked((long)Seeds.Derive(options.Seed, "weights")));
        _replay = new ReplayBuffer(environment.ObservationSpace, environment.ActionSpace.Size, options.Replay);
        _learner = new AgentLearner(
            options,
            _replay,
            new WorldModelNetworks(options.Networks, environment.ObservationSpace, environment.ActionSpace).to(device),
            new ActorCriticNetworks(options.Networks, environment.ActionSpace).to(device));
        _policy = new LivePolicy(WorldModel, ActorCritic.Actor);
        _driver = new EnvironmentDriver(environment, _policy, options.Seed);
        if (options.LogDirectory is { } folder)
        {
            _checkpoints = new CheckpointStore(Path.Combine(folder, "checkpoints"), options.KeepCheckpoints);
            _episodes = new EpisodeDirectory(Path.Combine(folder, "episodes"), time);
        }
    }

    public TrainingState State { get; private set; } = new();

    public WorldModelNetworks WorldModel => _learner.WorldModel;

    public ActorCriticNetworks ActorCritic => _learner.ActorCritic;

    private bool HasReachedTarget => State.Evaluation is { } evaluation && evaluation.MeanReturn >= _options.Evaluation.TargetReturn;

    // By multiples, so that an evaluation at the end of a budget that is raised later does not shift those after it. Evaluations of
    // a run with one environment wait for the end of the training episode in it.
    private bool IsEvaluationDue =>
        State.Updates / _options.Evaluation.EveryUpdates > (State.Evaluation?.Updates ?? 0) / _options.Evaluation.EveryUpdates
        && (_factory is not null || !_driver.InEpisode);

    /// <summary>The seed of the training environment that plays the episodes from a number on.</summary>
    public static ulong EnvironmentSeed(ulong seed, long episodes) => Seeds.Derive(seed, "environment", episodes);

    public bool Restore()
    {
        _restored = true;
        if (_checkpoints?.LoadNewest(Notice) is not { } checkpoint)
        {
            return false;
        }
        RunIdentity.Check(checkpoint, _options, _environment);
        _learner.Load(checkpoint);
        State = checkpoint.GetJson<TrainingState>("run/state");
        _driver.Load(checkpoint, _factory is null ? null : episodes => _factory(EnvironmentSeed(_options.Seed, episodes)));
        _replay.Clear();
        foreach (var episode in _episodes!.Load(checkpoint.GetJson<string[]>("run/episodes"), Notice))
        {
            _replay.Add(episode);
        }
        Notice($"Going on from update {State.Updates}, environment step {State.EnvironmentSteps}.");
        return true;
    }

    public TrainingResult Run(CancellationToken cancellationToken)
    {
        if (_options.Threads > 0)
        {
            torch.set_num_threads(_options.Threads);
        }
        if (!_restored)
        {
            Restore();
        }
        if (_options.LogDirectory is { } folder)
        {
            // A run that was killed before its first checkpoint left episodes that this one records again.
            _episodes!.RemoveFrom(_driver.Episodes);
            RunConfig.Write(folder, _options);
        }
        using var telemetry = new RunTelemetry(_options, _observer, _time, State);
        StopReason? reason;
        while ((reason = Reason(cancellationToken)) is null)
        {
            if (IsEvaluationDue)
            {
                Evaluate(telemetry);
            }
            else if (State.DueUpdates > 0)
            {
                Update(telemetry);
            }
            else
            {
                Play(telemetry);
            }
        }
        if (reason == StopReason.BudgetSpent && State.Evaluation?.Updates != State.Updates)
        {
            Evaluate(telemetry);
            reason = HasReachedTarget ? StopReason.TargetReached : reason;
        }
        telemetry.Report(State, _driver.Episodes);
        Save(isBest: false);
        return new TrainingResult(
            reason.Value, State.Updates, State.EnvironmentSteps, _driver.Episodes, State.Evaluation, telemetry.Elapsed);
    }

    public void Dispose()
    {
        _policy.Dispose();
        _learner.Dispose();
    }

    private StopReason? Reason(CancellationToken cancellationToken) =>
        HasReachedTarget ? StopReason.TargetReached
        : State.Updates >= _options.MaxUpdates ? StopReason.BudgetSpent
        : cancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : null;

    private void Play(RunTelemetry telemetry)
    {
        var episode = _driver.Step(random: !State.Prefilled);
        State = State with { EnvironmentSteps = State.EnvironmentSteps + 1 };
        if (episode is not null)
        {
            _replay.Add(episode);
            _episodes?.Save(episode);
            telemetry.Episode(episode, State.EnvironmentSteps);
        }
        if (State.Prefilled && State.EnvironmentSteps % _options.TrainEverySteps == 0)
        {
            State = State with { DueUpdates = _options.UpdatesPerTrain };
        }
        else if (!State.Prefilled && episode is not null && State.EnvironmentSteps >= _options.PrefillSteps)
        {
            State = State with { Prefilled = true, DueUpdates = _options.PretrainUpdates };
        }
    }

    private void Update(RunTelemetry telemetry)
    {
        _learner.Update(State.Updates, State.EnvironmentSteps, telemetry.Metrics);
        State = State with { Updates = State.Updates + 1, DueUpdates = State.DueUpdates - 1 };
        if (State.Updates % _options.LogEveryUpdates == 0)
        {
            telemetry.Report(State, _driver.Episodes);
        }
        if (State.Updates % _options.CheckpointEveryUpdates == 0)
        {
            Save(isBest: false);
        }
    }

    private void Evaluate(RunTelemetry telemetry)
    {
        var seed = Seeds.Derive(_options.Seed, "evaluation", State.Updates);
        var environment = _factory?.Invoke(seed) ?? _environment;
        var result = Evaluator.Evaluate(environment, WorldModel, ActorCritic.Actor, _options.Evaluation.Episodes, seed, State);
        var isBest = !(result.MeanReturn <= State.BestReturn);
        State = State with { Evaluation = result, BestReturn = isBest ? result.MeanReturn : State.BestReturn };
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
        RunIdentity.Save(checkpoint, _options, _environment);
        checkpoint.AddJson("run/state", State);
        checkpoint.AddJson("run/episodes", _replay.Episodes.Select(episode => episode.Id).ToArray());
        _learner.Save(checkpoint);
        _driver.Save(checkpoint);
        _checkpoints.Save(State.Updates, checkpoint, isBest);
    }

    private void Notice(string message) => _observer?.OnNotice(message);
}
