using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Dreamer.Training.Replay;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

/// <summary>With which weights of the world model actor and critic imagine, and how many updates come first.</summary>
public sealed class UpdateOrderTests
{
    [Fact]
    public void A_joint_update_imagines_with_the_weights_from_before_it()
    {
        // A world model that does not move: both orders are then the same, and equal to a joint update of one that moves.
        var (jointModel, jointActor) = Update(joint: true, modelRate: 1e-2);
        var (_, frozenActor) = Update(joint: false, modelRate: 1e-30);
        var (orderedModel, orderedActor) = Update(joint: false, modelRate: 1e-2);
        Assert.Equal(frozenActor, jointActor);
        Assert.NotEqual(orderedActor, jointActor);
        Assert.Equal(orderedModel, jointModel);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 3)]
    public async Task One_update_comes_before_the_pretraining(bool initial, long expected)
    {
        var observer = new UpdatesBeforeSteps();
        using var trainer = new DreamerTrainer(
            DreamerPresets.Debug with { InitialUpdate = initial, PretrainUpdates = 3, PrefillSteps = 9, Sync = true, TrainEverySteps = 9, MaxUpdates = 5, LogEveryUpdates = 1 }, observer);
        await trainer.RunAsync();
        Assert.Equal(expected, observer.BeforeSteps);
    }

    private static (float[] Model, float[] Actor) Update(bool joint, double modelRate)
    {
        var agent = new SmallAgent();
        agent.Batch.Dispose();
        var game = new Catch(1);
        var replay = new ReplayBuffer(game.ObservationSpace, game.ActionSpace.Size, new ReplayOptions { BatchSize = 2, SequenceLength = 5 });
        replay.Add(Play(game));
        var options = DreamerPresets.Debug with { Networks = SmallAgent.Sizes, JointUpdate = joint, Seed = 3 };
        options = options with { WorldModel = options.WorldModel with { Optimizer = new() { LearningRate = modelRate, WeightDecay = 0 } } };
        using var learner = new AgentLearner(options, replay, agent.WorldModel, agent.ActorCritic);
        learner.Update(0, 0, new MetricSet());
        return (SmallAgent.Weights(learner.WorldModel), SmallAgent.Weights(learner.ActorCritic.Actor));
    }

    private static Episode Play(Catch game)
    {
        var recorder = new EpisodeRecorder(game.ObservationSpace.Image, 0, game.ActionSpace.Size);
        recorder.First(new AgentObservation(game.Reset().Image, default));
        for (var row = 0; ; row++)
        {
            var action = OneHot.Create(row % 3, 3);
            var step = game.Step(action);
            recorder.Add(new AgentObservation(step.Image, default), action, step.Reward, step.IsLast, step.IsTerminal);
            if (step.IsLast)
            {
                return recorder.Finish("e");
            }
        }
    }

    private sealed class UpdatesBeforeSteps : ITrainingObserver
    {
        private long _steps = -1;

        public long BeforeSteps { get; private set; }

        public void OnProgress(TrainingProgress progress)
        {
            _steps = _steps < 0 ? progress.EnvironmentSteps : _steps;
            BeforeSteps = progress.EnvironmentSteps == _steps ? progress.Updates : BeforeSteps;
        }
    }
}
