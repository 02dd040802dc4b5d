using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Behavior;

public class ActorCriticLearnerTests
{
    private static readonly BehaviorOptions Fast = new()
    {
        Horizon = 4,
        TargetInterval = 3,
        ActorOptimizer = new() { LearningRate = 3e-3 },
        CriticOptimizer = new() { LearningRate = 3e-3 },
    };

    [Fact]
    public void Leaves_the_world_model_alone()
    {
        using var run = new Fixture();
        var (model, actorCritic) = (SmallAgent.Weights(run.Agent.WorldModel), SmallAgent.Weights(run.Agent.ActorCritic));
        run.Update();
        Assert.Equal(model, SmallAgent.Weights(run.Agent.WorldModel));
        Assert.All(run.Agent.WorldModel.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.NotEqual(actorCritic, SmallAgent.Weights(run.Agent.ActorCritic));
    }

    [Fact]
    public void The_critic_learns_the_returns()
    {
        using var run = new Fixture();
        run.UpdateTimes(5, reseed: true);
        var early = run.Update(reseed: true).Mean(MetricNames.CriticLoss)!.Value;
        run.UpdateTimes(60, reseed: true);
        Assert.True(run.Update(reseed: true).Mean(MetricNames.CriticLoss) < early);
    }

    [Fact]
    public void The_actor_learns_what_is_rewarded()
    {
        using var run = new Fixture(Fast with { EntropyScale = 0 });
        var first = run.Update(reseed: true).Mean(MetricNames.ImaginedReward)!.Value;
        run.UpdateTimes(150);
        var last = run.Update(reseed: true).Mean(MetricNames.ImaginedReward)!.Value;
        Assert.True(last > first + 0.005, $"the imagined reward went from {first} to {last}");
    }

    [Fact]
    public void The_target_is_copied_at_once_and_then_at_its_interval()
    {
        using var run = new Fixture();
        var fresh = SmallAgent.Weights(run.Learner.TargetCritic!);
        Assert.Equal(SmallAgent.Weights(run.Agent.ActorCritic.Critic), fresh);
        run.Update();
        var first = SmallAgent.Weights(run.Learner.TargetCritic!);
        Assert.NotEqual(fresh, first);
        Assert.Equal(SmallAgent.Weights(run.Agent.ActorCritic.Critic), first);
        run.UpdateTimes(2);
        Assert.Equal(first, SmallAgent.Weights(run.Learner.TargetCritic!));
        Assert.NotEqual(SmallAgent.Weights(run.Agent.ActorCritic.Critic), first);
        run.Update();
        Assert.Equal(SmallAgent.Weights(run.Agent.ActorCritic.Critic), SmallAgent.Weights(run.Learner.TargetCritic!));
    }

    [Fact]
    public void The_target_moves_a_fraction_of_the_way_after_the_first_time()
    {
        using var run = new Fixture(Fast with { TargetInterval = 1, TargetFraction = 0.25 });
        run.Update();
        var before = SmallAgent.Weights(run.Learner.TargetCritic!);
        Assert.Equal(SmallAgent.Weights(run.Agent.ActorCritic.Critic), before);
        run.Update();
        var critic = SmallAgent.Weights(run.Agent.ActorCritic.Critic);
        var after = SmallAgent.Weights(run.Learner.TargetCritic!);
        Assert.All(after.Select((value, i) => value - (0.75f * before[i] + 0.25f * critic[i])), difference => Assert.Equal(0, difference, 1e-6));
    }

    [Theory]
    [InlineData(ActorGradient.Dynamics)]
    [InlineData(ActorGradient.Both)]
    public void Gradients_through_the_dynamics_leave_the_world_model_alone_and_teach_the_actor(ActorGradient gradient)
    {
        using var run = new Fixture(Fast with { ActorGradient = gradient, ActorGradientMix = 0.9, EntropyScale = 0 });
        var model = SmallAgent.Weights(run.Agent.WorldModel);
        var first = run.Update(reseed: true).Mean(MetricNames.ImaginedReward)!.Value;
        Assert.All(run.Agent.WorldModel.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
        run.UpdateTimes(60);
        var last = run.Update(reseed: true).Mean(MetricNames.ImaginedReward)!.Value;
        Assert.Equal(model, SmallAgent.Weights(run.Agent.WorldModel));
        Assert.True(last > first + 0.005, $"the imagined reward went from {first} to {last}");
    }

    [Fact]
    public void Schedules_go_by_environment_steps()
    {
        using var run = new Fixture(Fast with { ActorGradient = ActorGradient.Both, ActorGradientMix = "linear(0.1,0,100)", EntropyScale = "linear(3e-3,3e-4,100)" });
        var metrics = new MetricSet();
        run.Learner.Update(run.Start, run.StartDiscount, run.Noise, metrics, environmentSteps: 50);
        Assert.Equal(0.05, metrics.Mean(MetricNames.ActorGradientMix)!.Value, 9);
        Assert.Equal(1.65e-3, metrics.Mean(MetricNames.ActorEntropyScale)!.Value, 9);
    }

    [Fact]
    public void A_start_at_the_end_of_an_episode_is_the_last_state_that_counts()
    {
        using var run = new Fixture(Fast with { EntropyScale = 0.1 });
        using var scope = NewDisposeScope();
        var imagined = run.Learner.Imagine(run.Start, run.Noise);
        var (going, ended) = (run.Learner.Evaluate(imagined, run.StartDiscount), run.Learner.Evaluate(imagined, zeros_like(run.StartDiscount)));
        TensorAssert.Equal(ended.Rewards[0], ended.Returns[0]);
        Assert.Equal((0.9f, 0f), (Largest(going.Discounts[0]), Largest(ended.Discounts[0])));
        foreach (var weights in (Tensor[])[ended.ForActor().Weights, ended.ForCritic().Weights])
        {
            TensorAssert.Equal(ones(40), weights.narrow(0, 0, 40));
            Assert.Equal(0, Largest(weights.narrow(0, 40, weights.shape[0] - 40)));
        }

        // With other policies and returns after the start, the losses of what goes on change, and those of what ended do not.
        Assert.NotEqual(Losses(going), Losses(Changed(going)));
        Assert.Equal(Losses(ended), Losses(Changed(ended)));

        static float Largest(Tensor values) => values.abs().max().item<float>();

        static Tensor FirstOnly(Tensor steps) => cat([steps.narrow(0, 0, 1), randn_like(steps.narrow(0, 1, steps.shape[0] - 1))], 0);

        static ImaginedReturns Changed(ImaginedReturns worth) => worth with
        {
            Trajectories = worth.Trajectories with
            {
                Latents = FirstOnly(worth.Trajectories.Latents),
                Policies = FirstOnly(worth.Trajectories.Policies),
            },
            Returns = cat([worth.Returns.narrow(0, 0, 2), randn_like(worth.Returns.narrow(0, 2, 2))], 0),
        };

        (float Actor, float Critic) Losses(ImaginedReturns worth) =>
            (run.Learner.ActorLoss(worth, 0, new MetricSet()).Loss.Value.item<float>(), run.Learner.CriticLoss(worth).Loss.Value.item<float>());
    }

    [Fact]
    public void Goes_on_from_a_checkpoint_bit_for_bit()
    {
        using var one = new Fixture();
        one.UpdateTimes(2);
        var checkpoint = new Checkpoint();
        one.Learner.Save(checkpoint);
        one.UpdateTimes(3, reseed: true);

        using var two = new Fixture(agentSeed: 1);
        two.UpdateTimes(1);
        two.Learner.Load(checkpoint);
        two.UpdateTimes(3, reseed: true);
        Assert.Equal(SmallAgent.Weights(one.Agent.ActorCritic), SmallAgent.Weights(two.Agent.ActorCritic));
        Assert.Equal(SmallAgent.Weights(one.Learner.TargetCritic!), SmallAgent.Weights(two.Learner.TargetCritic!));
    }

    private sealed class Fixture : IDisposable
    {
        public Fixture(BehaviorOptions? options = null, int agentSeed = 1)
        {
            Agent = new SmallAgent(agentSeed);
            Learner = new ActorCriticLearner(Agent.WorldModel, Agent.ActorCritic, options ?? Fast);
            manual_seed(3);
            Start = randn(40, SmallAgent.Sizes.LatentSize);
            StartDiscount = full(40, 1, 0.9f);
        }

        public SmallAgent Agent { get; }

        public ActorCriticLearner Learner { get; }

        public UniformNoise Noise { get; } = new(1);

        public Tensor Start { get; }

        public Tensor StartDiscount { get; }

        public MetricSet Update(bool reseed = false)
        {
            if (reseed)
            {
                Noise.Reseed(11);
            }
            var metrics = new MetricSet();
            Learner.Update(Start, StartDiscount, Noise, metrics);
            return metrics;
        }

        public void UpdateTimes(int count, bool reseed = false)
        {
            for (var i = 0; i < count; i++)
            {
                Update(reseed);
            }
        }

        public void Dispose()
        {
            Learner.Dispose();
            Agent.Dispose();
            Start.Dispose();
            StartDiscount.Dispose();
        }
    }
}
