using Dreamer.Training.Behavior;
using Dreamer.Training.Exploration;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Exploration;

public sealed class Plan2ExploreTests : IDisposable
{
    private static readonly ExplorationOptions Small = new()
    {
        Behavior = ExplorationBehavior.Plan2Explore, HeadUnits = 16, HeadLayers = 1, Optimizer = new() { LearningRate = 1e-2 },
    };

    private readonly SmallAgent _agent = new();
    private readonly UniformNoise _noise = new(1);

    public void Dispose()
    {
        _agent.Dispose();
    }

    [Fact]
    public void A_state_and_the_action_that_led_to_it_predict_the_next_state_of_the_same_sequence()
    {
        using var scope = NewDisposeScope();
        // Three steps of two sequences, time-major: the state of step t of sequence b is 10 t + b, its action 100 more.
        var latents = tensor(new float[,] { { 0, 0.5f }, { 1, 1.5f }, { 10, 10.5f }, { 11, 11.5f }, { 20, 20.5f }, { 21, 21.5f } });
        var actions = tensor(new float[,] { { 100 }, { 101 }, { 110 }, { 111 }, { 120 }, { 121 } });
        var (inputs, targets) = Plan2Explore.Pairs(latents, actions, size: 2, stochSize: 1);
        TensorAssert.Equal(
            tensor(new float[,] { { 0, 0.5f, 100 }, { 1, 1.5f, 101 }, { 10, 10.5f, 110 }, { 11, 11.5f, 111 } }), inputs);
        TensorAssert.Equal(tensor(new float[,] { { 10 }, { 11 }, { 20 }, { 21 } }), targets);
    }

    [Fact]
    public void In_imagination_a_state_is_asked_with_the_action_that_led_to_it_as_well()
    {
        using var scope = NewDisposeScope();
        // Two steps from one state: action 7 leads to state 2, action 8 to state 3; none led to state 1.
        var imagined = new ImaginedTrajectories(tensor(new float[,,] { { { 1 } }, { { 2 } }, { { 3 } } }), tensor(new float[,,] { { { 7 } }, { { 8 } } }), zeros(2, 1, 1));
        TensorAssert.Equal(tensor(new float[,] { { 1, 0 }, { 2, 7 }, { 3, 8 } }), Plan2Explore.Inputs(imagined));
    }

    [Fact]
    public void The_reward_is_the_scaled_disagreement_and_the_tasks_reward_where_it_counts()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var start = randn(5, _agent.WorldModel.Options.LatentSize);
        var imagined = ImaginedTrajectories.Imagine(_agent.WorldModel, _agent.ActorCritic.Actor, start, 3, _noise);
        var task = ((Tensor)_agent.WorldModel.Reward.Predict(imagined.Latents.flatten(0, 1))).flatten();

        var once = Reward(Small);
        TensorAssert.Close(once.mul(3), Reward(Small with { IntrinsicScale = 3 }), 1e-5);
        TensorAssert.Close(once.log(), Reward(Small with { LogDisagreement = true }), 1e-5);
        TensorAssert.Close(once.add(task.mul(2)), Reward(Small with { ExtrinsicScale = 2 }), 1e-5);
        TensorAssert.Close(task, Reward(Small with { IntrinsicScale = 0, ExtrinsicScale = 1 }), 1e-5);

        Tensor Reward(ExplorationOptions options)
        {
            manual_seed(4);
            using var explorer = Explorer(options);
            return explorer.Reward(imagined);
        }
    }

    [Fact]
    public void What_is_seen_again_and_again_is_no_longer_disputed_and_nothing_else_changes()
    {
        manual_seed(2);
        using var scope = NewDisposeScope();
        using var explorer = Explorer(Small);
        var latents = randn(_agent.Batch.Length * _agent.Batch.Size, _agent.WorldModel.Options.LatentSize);
        var (worldModel, task, own) =
            (SmallAgent.Weights(_agent.WorldModel), SmallAgent.Weights(_agent.ActorCritic), SmallAgent.Weights(explorer.Actor));
        MetricSet first = new(), last = new();
        for (var i = 0; i < 60; i++)
        {
            last = new MetricSet();
            explorer.Update(_agent.Batch, latents, _noise, last, environmentSteps: 0);
            first = i == 0 ? last : first;
        }
        Assert.True(last.Mean(MetricNames.ExplorationLoss) < first.Mean(MetricNames.ExplorationLoss));
        Assert.True(last.Mean(MetricNames.ExplorationGradientNorm) > 0);
        Assert.True(last.Mean("expl_reward_mean") < 0.7 * first.Mean("expl_reward_mean"), $"{first.Mean("expl_reward_mean")}, {last.Mean("expl_reward_mean")}");
        Assert.Null(last.Mean(MetricNames.ImaginedReward));
        Assert.Equal(worldModel, SmallAgent.Weights(_agent.WorldModel));
        Assert.Equal(task, SmallAgent.Weights(_agent.ActorCritic));
        Assert.NotEqual(own, SmallAgent.Weights(explorer.Actor));
    }

    private Plan2Explore Explorer(ExplorationOptions options) => new(_agent.WorldModel, DreamerPresets.Debug.Behavior, options);
}
