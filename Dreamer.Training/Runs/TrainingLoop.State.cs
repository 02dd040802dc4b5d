using Dreamer.Training.Checkpoints;
using Dreamer.Training.Weights;

namespace Dreamer.Training.Runs;

/// <content>What a run begins with, and what it leaves behind.</content>
internal sealed partial class TrainingLoop
{
    /// <summary>Restores the newest valid checkpoint: networks and counters now, the rest when the run starts.</summary>
    public bool Restore()
    {
        if (_checkpoints?.LoadNewest(Notice) is not { } checkpoint)
        {
            return false;
        }
        RunIdentity.Check(checkpoint, _options, _observation, _actions);
        _learner.Load(checkpoint);
        State = checkpoint.GetJson("run/state", RunJson.Default.TrainingState);
        _restored = checkpoint;
        Notice($"Resuming at update {State.Updates}, environment step {State.EnvironmentSteps}.");
        if (RunConfig.Changes(_options.LogDirectory!, _options) is { Count: > 0 } changes)
        {
            Notice($"Changed since the run's last start: {string.Join("; ", changes)}.");
        }
        return true;
    }

    /// <summary>Brings replay and environments to the state of the networks.</summary>
    private void Begin()
    {
        _copy?.Forget();
        if (_restored is null && !_begun)
        {
            Restore();
        }
        if (_restored is null && _begun)
        {
            return;
        }
        if (_restored is null && _options.InitialWeights is { } weights)
        {
            WeightsFile.Load(weights, WorldModel, ActorCritic);
            Notice($"Starting with the weights in '{weights}'.");
        }
        _experience.IsEndless = State.Endless;
        _experience.Begin(_restored);
        if (_restored is null)
        {
            State = State with { GivenSteps = _experience.Replay.Steps };
        }
        EndPrefill();
        (_restored, _begun) = (null, true);
        if (_options.LogDirectory is { } folder)
        {
            RunConfig.Write(folder, _options);
        }
    }

    private void Save(RunTelemetry telemetry, bool isBest)
    {
        if (_checkpoints is null)
        {
            return;
        }
        // A checkpoint's episodes and metrics must be on the disk before it.
        _writer.Flush();
        State = State with { LogLines = telemetry.Lines, Health = telemetry.Health.State };
        var checkpoint = new Checkpoint();
        RunIdentity.Save(checkpoint, _options, _observation, _actions);
        checkpoint.AddJson("run/state", State, RunJson.Default.TrainingState);
        _learner.Save(checkpoint);
        _experience.Save(checkpoint);
        _checkpoints.Save(State.Updates, checkpoint, isBest);
    }
}
