using Dreamer.Training.Behavior;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Behavior;

/// <summary>What DreamerV1 and DreamerV3 do otherwise in imagination, against their formulas written out.</summary>
public sealed class AlgorithmVariantsTests
{
    private const int Horizon = 4;
    private const double Lambda = 0.95;

    private static readonly BehaviorOptions V1 = new()
    {
        Horizon = Horizon,
        ActorGradient = ActorGradient.Dynamics,
        EntropyScale = 0,
        TargetCritic = TargetCriticUse.None,
        LearnFromStart = false,
        ActorOptimizer = new() { LearningRate = 3e-3 },
        CriticOptimizer = new() { LearningRate = 3e-3 },
    };

    private static readonly BehaviorOptions V3 = new()
    {
        Horizon = Horizon,
        EntropyScale = 0,
        TargetCritic = TargetCriticUse.Regularizer,
        TargetInterval = 1,
        TargetFraction = 0.02,
        ValueIncludesReward = false,
        ReturnScale = new(),
        ActorOptimizer = new() { LearningRate = 3e-3 },
        CriticOptimizer = new() { LearningRate = 3e-3 },
    };

    private static readonly NetworkOptions TwoHot = SmallAgent.Sizes with { RewardHead = ScalarHeadKind.TwoHot, CriticHead = ScalarHeadKind.TwoHot };

    [Fact]
    public void A_return_of_DreamerV3_begins_with_the_next_states_reward()
    {
        using var run = new Run(V3, SmallAgent.Sizes);
        var (_, worth) = run.Imagine();
        var (reward, discount, value) = (Numbers(worth.Rewards), Numbers(worth.Discounts), Numbers(worth.Values));
        var expected = value[Horizon];
        for (var t = Horizon - 1; t >= 0; t--)
        {
            expected = reward[t + 1] + discount[t + 1] * ((1 - Lambda) * value[t + 1] + Lambda * expected);
            Assert.Equal(expected, worth.Returns[t, 0].item<float>(), 1e-5);
        }
    }

    [Fact]
    public void The_critic_of_DreamerV1_learns_from_what_follows_the_start()
    {
        using var run = new Run(V1, SmallAgent.Sizes);
        Assert.Null(run.Learner.TargetCritic);
        var (imagined, worth) = run.Imagine();
        var (loss, _) = run.Learner.CriticLoss(worth);
        var weight = ones_like(worth.Discounts[0]);
        var sum = zeros(1);
        for (var t = 1; t < Horizon; t++)
        {
            // Weights 1, d_1, d_1 d_2 at the states 1, 2, 3.
            var error = run.Agent.ActorCritic.Critic.Predict(imagined.Latents[t]).Value.flatten() - worth.Returns[t];
            sum += (weight * (0.5 * error * error + 0.5 * Math.Log(2 * Math.PI))).mean();
            weight *= worth.Discounts[t];
        }
        Assert.Equal((sum / (Horizon - 1)).item<float>(), loss.Value.item<float>(), 1e-5);
    }

    [Fact]
    public void DreamerV1_starts_from_all_states_but_the_last_of_each_sequence()
    {
        using var run = new Run(V1, SmallAgent.Sizes);
        var latents = randn(run.Agent.Batch.Length * run.Agent.Batch.Size, SmallAgent.Sizes.LatentSize);
        var (start, discount) = run.Learner.Starts(latents, run.Agent.Batch);
        Assert.Equal((run.Agent.Batch.Length - 1) * run.Agent.Batch.Size, start.shape[0]);
        Assert.Equal(start.shape[0], discount.shape[0]);
        TensorAssert.Equal(latents.narrow(0, 0, start.shape[0]), start);
    }

    [Fact]
    public void The_critic_of_DreamerV3_is_drawn_towards_the_slow_one()
    {
        using var run = new Run(V3, TwoHot);
        run.Update();
        run.Update();
        var (imagined, worth) = run.Imagine();
        var (loss, _) = run.Learner.CriticLoss(worth);
        var (critic, slow) = (run.Agent.ActorCritic.Critic, run.Learner.TargetCritic!);
        var weight = ones_like(worth.Discounts[0]);
        var sum = zeros(1);
        for (var t = 0; t < Horizon; t++)
        {
            // The value begins after the state's own discount, which is therefore part of its weight.
            weight *= worth.Discounts[t];
            Tensor outputs = critic.Forward(imagined.Latents[t]);
            var both = critic.NegativeLogLikelihood(outputs, worth.Returns[t].reshape(-1, 1)) + critic.NegativeLogLikelihood(outputs, slow.Predict(imagined.Latents[t]));
            sum += (weight * both.Value).mean();
        }
        Assert.Equal((sum / Horizon).item<float>(), loss.Value.item<float>(), 1e-4);
    }

    [Fact]
    public void The_first_predictions_of_two_hot_heads_are_nothing()
    {
        using var run = new Run(V3, TwoHot);
        var (_, worth) = run.Imagine();
        Assert.True(worth.Rewards.abs().max().item<float>() < 1e-5);
        Assert.True(worth.Values.abs().max().item<float>() < 1e-5);
    }

    [Theory]
    [InlineData("V1")]
    [InlineData("V3")]
    [InlineData("V3, dynamics")]
    public void The_actor_learns_what_is_rewarded_and_the_world_model_stays(string variant)
    {
        var options = variant switch
        {
            "V1" => V1,
            "V3" => V3,
            _ => V3 with { ActorGradient = ActorGradient.Dynamics },
        };
        using var run = new Run(options, SmallAgent.Sizes);
        var model = SmallAgent.Weights(run.Agent.WorldModel);
        var first = run.Update().Mean(MetricNames.ImaginedReward)!.Value;
        for (var i = 0; i < 100; i++)
        {
            run.Update();
        }
        var last = run.Update().Mean(MetricNames.ImaginedReward)!.Value;
        Assert.Equal(model, SmallAgent.Weights(run.Agent.WorldModel));
        Assert.All(run.Agent.ActorCritic.Critic.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.True(last > first + 0.005, $"the imagined reward went from {first} to {last}");
    }

    private static double[] Numbers(Tensor steps) => [.. steps.narrow(1, 0, 1).flatten().data<float>().ToArray().Select(x => (double)x)];

    private sealed class Run : IDisposable
    {
        private readonly UniformNoise _noise = new(1);
        private readonly Tensor _start;
        private readonly Tensor _discount;

        public Run(BehaviorOptions options, NetworkOptions sizes)
        {
            Agent = new SmallAgent(sizes: sizes);
            Learner = new ActorCriticLearner(Agent.WorldModel, Agent.ActorCritic, options);
            manual_seed(3);
            _start = randn(40, sizes.LatentSize);
            _discount = full(40, 1, 0.9f);
        }

        public SmallAgent Agent { get; }

        public ActorCriticLearner Learner { get; }

        public (ImaginedTrajectories Imagined, ImaginedReturns Worth) Imagine()
        {
            var imagined = Learner.Imagine(_start, _noise);
            return (imagined, Learner.Evaluate(imagined, _discount));
        }

        public MetricSet Update()
        {
            _noise.Reseed(11);
            var metrics = new MetricSet();
            Learner.Update(_start, _discount, _noise, metrics);
            return metrics;
        }

        public void Dispose()
        {
            Learner.Dispose();
            Agent.Dispose();
            _start.Dispose();
            _discount.Dispose();
        }
    }
}
