using Dreamer.Training.Checkpoints;
using Dreamer.Training.Optimization;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.WorldModel;

public class WorldModelLearnerTests
{
    private static readonly WorldModelOptions Fast = new() { Optimizer = new() { LearningRate = 3e-3 } };

    [Fact]
    public void Learns_a_batch_by_heart()
    {
        using var agent = new SmallAgent();
        using var learner = new WorldModelLearner(agent.WorldModel, Fast);
        var noise = new UniformNoise(1);
        var losses = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            var metrics = new MetricSet();
            learner.Update(agent.Batch, noise, metrics).Dispose();
            losses.Add(metrics.Mean(MetricNames.ModelLoss)!.Value);
        }
        Assert.True(losses[^1] < losses[0] - 3, $"the loss went from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void Starts_imagination_from_every_row_without_gradient()
    {
        using var agent = new SmallAgent();
        using var learner = new WorldModelLearner(agent.WorldModel, Fast);
        var noise = new UniformNoise(1);
        using var start = learner.Update(agent.Batch, noise, new MetricSet());
        Assert.Equal([40, SmallAgent.Sizes.LatentSize], start.shape);
        Assert.False(start.requires_grad);
    }

    [Fact]
    public void Logs_what_it_minimizes()
    {
        using var agent = new SmallAgent();
        var noise = new UniformNoise(1);
        using var scope = NewDisposeScope();
        var options = new WorldModelOptions { KlScale = 0.3, RewardScale = 2, DiscountScale = 5 };
        var loss = WorldModelLoss.Compute(agent.WorldModel, agent.Batch, agent.WorldModel.Observe(agent.Batch, noise), options);
        double Of(string name) => loss.Metrics.Single(metric => metric.Name == name).Value.item<float>();
        var sum = Of(MetricNames.ImageLoss) + 0.3 * Of(MetricNames.KlLoss) + 2 * Of(MetricNames.RewardLoss) + 5 * Of(MetricNames.DiscountLoss);
        Assert.Equal(sum, Of(MetricNames.ModelLoss), 3);
        Assert.InRange(Of(MetricNames.PriorEntropy), 0.1, 2 * Math.Log(4));
    }

    [Fact]
    public void A_row_that_is_first_does_not_know_what_came_before()
    {
        using var agent = new SmallAgent(length: 6, size: 1);
        var noise = new UniformNoise(1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        agent.Batch.IsFirst[3] = tensor(new[] { 1f });
        var one = Rows(agent);
        agent.Batch.Image![1] = zeros(10, 5, 1, dtype: ScalarType.Byte) + 77;
        agent.Batch.Action[2] = ones(3);
        agent.Batch.Action[3] = ones(3);
        var two = Rows(agent);
        Assert.False(one[2].allclose(two[2]));
        Assert.True(one[3].equal(two[3]).all().item<bool>());
        Assert.True(one[5].equal(two[5]).all().item<bool>());

        Tensor[] Rows(SmallAgent small)
        {
            noise.Reseed(5);
            return small.WorldModel.Observe(small.Batch, noise).Latents.unbind(0);
        }
    }

    [Fact]
    public void Goes_on_from_a_checkpoint_bit_for_bit()
    {
        using var one = new SmallAgent(seed: 1);
        using var two = new SmallAgent(seed: 1);
        using var other = new SmallAgent(seed: 2);
        using var learner = new WorldModelLearner(one.WorldModel, Fast);
        var noise = new UniformNoise(1);
        learner.Update(one.Batch, noise, new MetricSet()).Dispose();
        var checkpoint = new Checkpoint();
        learner.Save(checkpoint);
        noise.Reseed(7);
        learner.Update(one.Batch, noise, new MetricSet()).Dispose();

        using var resumed = new WorldModelLearner(other.WorldModel, Fast);
        resumed.Load(checkpoint);
        noise.Reseed(7);
        resumed.Update(two.Batch, noise, new MetricSet()).Dispose();
        Assert.Equal(SmallAgent.Weights(one.WorldModel), SmallAgent.Weights(other.WorldModel));
    }

    [Fact]
    public void A_reward_that_is_not_finite_stops_it_before_any_weight_changes()
    {
        using var agent = new SmallAgent();
        using var learner = new WorldModelLearner(agent.WorldModel, Fast);
        var noise = new UniformNoise(1);
        agent.Batch.Reward[5] = tensor(new[] { float.NaN });
        var before = SmallAgent.Weights(agent.WorldModel);
        var error = Assert.Throws<NonFiniteTensorException>(() => learner.Update(agent.Batch, noise, new MetricSet()));
        Assert.Equal("model loss", error.TensorName);
        Assert.Equal(before, SmallAgent.Weights(agent.WorldModel));
    }

    [Fact]
    public void Targets_are_transformed_rewards_and_the_discount_of_rows_that_go_on()
    {
        using var agent = new SmallAgent();
        using var batch = new TrainingBatch(agent.Sequences, discount: 0.9, RewardTransform.Tanh);
        Assert.Equal(agent.Sequences.Rewards.Select(MathF.Tanh), batch.Reward.data<float>().ToArray());
        Assert.Equal(agent.Sequences.IsTerminal.Select(terminal => terminal == 1 ? 0f : 0.9f), batch.Discount.data<float>().ToArray());
        Assert.Equal(agent.Sequences.Images, batch.Image!.data<byte>().ToArray());
        Assert.Contains(0f, batch.Discount.data<float>().ToArray());
    }
}
