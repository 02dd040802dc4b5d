using System.Runtime.ExceptionServices;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Health;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Runs;

/// <summary>The loop of a run: play, update, evaluate, in small steps; it may end and be resumed between any two.</summary>
/// <remarks>Not thread-safe. Owns networks, optimizers, and the environments if there is a factory; not the observer.</remarks>
internal sealed partial class TrainingLoop : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly ObservationSpace _observation;
    private readonly ActionSpace _actions;
    private readonly Func<ulong, IEnvironment>? _factory;
    private readonly ITrainingObserver? _observer;
    private readonly TimeProvider _time;
    private readonly BackgroundWriter _writer = new();
    private readonly ExperienceCollector _experience;
    private readonly AgentLearner _learner;
    private readonly PolicyCopy? _copy;
    private readonly Player _player;
    private readonly CheckpointStore? _checkpoints;
    private Checkpoint? _restored;
    private bool _begun;

    public TrainingLoop(
        IReadOnlyList<IEnvironment> environments,
        Func<ulong, IEnvironment>? factory,
        DreamerOptions options,
        ITrainingObserver? observer,
        TimeProvider time)
    {
        (_factory, _options, _observer, _time) = (factory, options, observer, time);
        Allocator.KeepFreedMemory();
        var device = ComputeDevice.Find(options.Device);
        torch.manual_seed(unchecked((long)Seeds.Derive(options.Seed, "weights")));
        var (observation, actions) = (_observation, _actions) = (environments[0].ObservationSpace, environments[0].ActionSpace);
        var worldModel = new WorldModelNetworks(options.Networks, observation, actions).to(device);
        var actorCritic = new ActorCriticNetworks(options.Networks, actions).to(device);
        var replay = new ReplayBuffer(observation, actions.Size, options.Replay);
        _learner = new AgentLearner(options, replay, worldModel, actorCritic);
        // After the learners: their first weights are drawn from the same generator.
        _copy = options.Sync ? null : new PolicyCopy(worldModel);
        var episodes = new RunEpisodes(replay, options, environments[0], time, _writer, Notice);
        _experience = new ExperienceCollector(
            environments, factory, options, replay, episodes, _copy?.WorldModel ?? worldModel, _copy?.Actor ?? actorCritic.Actor);
        _player = new Player(options, _experience, _learner, _copy);
        if (options.LogDirectory is { } folder)
        {
            _checkpoints = new CheckpointStore(Path.Combine(folder, "checkpoints"), options.KeepCheckpoints);
        }
    }

    public TrainingState State { get; private set; } = new();

    public WorldModelNetworks WorldModel => _learner.WorldModel;

    public ActorCriticNetworks ActorCritic => _learner.ActorCritic;

    /// <inheritdoc cref="AgentLearner.RewardScale"/>
    public float RewardScale => _learner.RewardScale;

    private bool HasReachedTarget => State.Evaluation is { } evaluation && evaluation.MeanReturn >= _options.Evaluation.TargetReturn;

    // By multiples, so that an evaluation at the end of a budget that is raised later does not shift later ones. Evaluations of
    // a run with one environment wait for the end of the training episode in it.
    private bool IsEvaluationDue => EvaluationWaits && (_factory is not null || !_experience.InEpisode);

    private bool EvaluationWaits =>
        State.Updates / _options.Evaluation.EveryUpdates > (State.Evaluation?.Updates ?? 0) / _options.Evaluation.EveryUpdates;

    public TrainingResult Run(CancellationToken cancellationToken)
    {
        if (_options.Threads > 0)
        {
            torch.set_num_threads(_options.Threads);
        }
        _experience.Cancellation = cancellationToken;
        Begin();
        var health = new RunHealth(_options, _observation.VectorSize, _actions.IsDiscrete ? _actions.Size : 0, State.Health);
        using var telemetry = new RunTelemetry(_options, health, _observer, _time, State, _writer);
        StopReason reason;
        try
        {
            reason = Run(telemetry, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Notice("An environment did not answer while the run was stopped: its running episode is kept as truncated.");
            reason = StopReason.Cancelled;
        }
        catch (Exception e) when (e is EnvironmentFailedException or InvalidEnvironmentException)
        {
            // What was learned does not depend on the environment.
            Save(telemetry, isBest: false);
            throw;
        }
        Report(telemetry);
        Save(telemetry, isBest: false);
        return new TrainingResult(reason, State.Updates, State.EnvironmentSteps, _experience.Episodes, State.Evaluation, telemetry.Elapsed);
    }

    public void Dispose()
    {
        _player.Dispose();
        _writer.Dispose();
        _experience.Dispose();
        _copy?.Dispose();
        _learner.Dispose();
    }

    private StopReason Run(RunTelemetry telemetry, CancellationToken cancellationToken)
    {
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
                Take(_player.PlayStep(State), telemetry);
            }
        }
        if (reason == StopReason.BudgetSpent && State.Evaluation?.Updates != State.Updates)
        {
            Evaluate(telemetry);
            reason = HasReachedTarget ? StopReason.TargetReached : reason;
        }
        return reason.Value;
    }

    private StopReason? Reason(CancellationToken cancellationToken) =>
        HasReachedTarget ? StopReason.TargetReached
        : State.Updates >= _options.MaxUpdates ? StopReason.BudgetSpent
        : cancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : null;

    private void Take(PlayedSteps played, RunTelemetry telemetry)
    {
        State = State with { EnvironmentSteps = played.EnvironmentSteps, DueUpdates = played.DueUpdates };
        foreach (var (episode, environmentSteps) in played.Ended)
        {
            _experience.Remember(episode);
            telemetry.Episode(episode, environmentSteps);
        }
        ShowNotices();
        if (_experience.Episodes == 0)
        {
            LearnFromRunning();
        }
        if (played.Ended.Count > 0 || State.Endless)
        {
            EndPrefill();
        }
        if (played.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Learns from running episodes once so many steps have passed that the task may have no end.</summary>
    private void LearnFromRunning()
    {
        if (State.Endless || State.EnvironmentSteps < Math.Max(_experience.PatientSteps, State.Prefilled ? 0 : _options.PrefillSteps - State.GivenSteps))
        {
            return;
        }
        State = State with { Endless = true };
        _experience.IsEndless = true;
        foreach (var episode in _experience.CutAll())
        {
            _experience.Remember(episode);
        }
        Notice($"No episode has ended in {State.EnvironmentSteps} steps: the run learns from episodes that still run, and records them in parts. If the task should end, set a time limit.");
    }

    /// <summary>Ends the prefill once there are enough steps, including those the run started with.</summary>
    private void EndPrefill()
    {
        if (State.Prefilled || State.GivenSteps + State.EnvironmentSteps < _options.PrefillSteps)
        {
            return;
        }
        if (_experience.Replay.EpisodeCount > 0)
        {
            State = State with { Prefilled = true, DueUpdates = _options.PretrainUpdates + (_options.InitialUpdate ? 1 : 0) };
        }
    }

    private void Update(RunTelemetry telemetry)
    {
        _experience.ShareOngoing();
        // The next steps need not wait for the last due update. But an evaluation that waits for the end of an episode must see it.
        var round = _player.PlaysBeside && State.DueUpdates == 1 && !EvaluationWaits ? _player.StartRound(State) : null;
        try
        {
            _learner.Update(State.Updates, State.EnvironmentSteps, telemetry.Metrics);
        }
        catch when (round is not null)
        {
            // One failure ends the run; a second one is only reported.
            if ((Player.FailureOf(round) ?? round.Result.Failure) is { } other)
            {
                Notice($"The environment failed as well as the update: {other.Message}");
            }
            throw;
        }
        State = State with { Updates = State.Updates + 1, DueUpdates = State.DueUpdates - 1 };
        if (round is not null)
        {
            Take(round.GetAwaiter().GetResult(), telemetry);
        }
        if (State.Updates % _options.LogEveryUpdates == 0)
        {
            Report(telemetry);
        }
        if (State.Updates % _options.CheckpointEveryUpdates == 0)
        {
            Save(telemetry, isBest: false);
        }
    }

    private void Report(RunTelemetry telemetry)
    {
        if (!telemetry.Metrics.IsEmpty)
        {
            telemetry.Metrics.Add(MetricNames.ReplaySteps, _experience.Replay.Steps);
            telemetry.Metrics.Add(MetricNames.ReplayBytes, _experience.Replay.Bytes);
            telemetry.Report(State, _experience.Episodes);
        }
    }

    private void Evaluate(RunTelemetry telemetry)
    {
        var result = _experience.Evaluate(Seeds.Derive(_options.Seed, "evaluation", State.Updates), State, WorldModel, ActorCritic.Actor);
        ShowNotices();
        var isBest = !(result.MeanReturn <= State.BestReturn);
        State = State with { Evaluation = result, BestReturn = isBest ? result.MeanReturn : State.BestReturn };
        telemetry.Evaluation(result);
        if (isBest)
        {
            Save(telemetry, isBest: true);
        }
    }

    private void ShowNotices()
    {
        foreach (var notice in _experience.TakeNotices())
        {
            Notice(notice);
        }
    }

    private void Notice(string message) => _observer?.OnNotice(message);
}
