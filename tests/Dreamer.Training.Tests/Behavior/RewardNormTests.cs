using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Behavior;

public sealed class RewardNormTests
{
    [Fact]
    public void A_momentum_of_one_changes_nothing()
    {
        var rewards = tensor(new[] { -3f, 5f });
        Assert.Same(rewards, new RewardNorm(new RewardNormOptions()).Apply(rewards).Value);
    }

    [Fact]
    public void Rewards_are_divided_by_the_running_mean_of_their_sizes()
    {
        var norm = new RewardNorm(new RewardNormOptions { Momentum = 0.9, Scale = 2 });
        var rewards = tensor(new[] { -3f, 5f });
        // 0.9 * 1 + 0.1 * 4 = 1.3, then 0.9 * 1.3 + 0.1 * 4 = 1.57.
        TensorAssert.Close(tensor(new[] { -6 / 1.3f, 10 / 1.3f }), norm.Apply(rewards));
        TensorAssert.Close(tensor(new[] { -6 / 1.57f, 10 / 1.57f }), norm.Apply(rewards));

        var checkpoint = new Checkpoint();
        norm.Save(checkpoint);
        var resumed = new RewardNorm(new RewardNormOptions { Momentum = 0.9, Scale = 2 });
        resumed.Load(checkpoint);
        Assert.Equal(norm.Magnitude, resumed.Magnitude);
    }

    [Fact]
    public void Gradients_pass_through_the_rewards_and_not_through_their_size()
    {
        var rewards = tensor(new[] { -3f, 5f }).requires_grad_();
        var norm = new RewardNorm(new RewardNormOptions { Momentum = 0 });
        norm.Apply(rewards).Value.sum().backward();
        TensorAssert.Close(full(2, 0.25f), rewards.grad!);
    }
}
