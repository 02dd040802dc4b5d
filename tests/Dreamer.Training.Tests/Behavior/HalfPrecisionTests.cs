using Dreamer.Training.Behavior;
using Dreamer.Training.Kernels;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Behavior;

public sealed class HalfPrecisionTests
{
    // Eight bits of mantissa: each product is off by up to 2^-8 of its size, a layer's sum by less.
    private const double Rounding = 1.0 / 256;

    [Fact]
    public void A_rounded_product_is_near_the_plain_one_and_its_gradients_are_of_single_precision()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (plain, plainGradients) = Product(rounded: false);
        var (rounded, gradients) = Product(rounded: true);
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        Near(plain, rounded, 2 * Rounding);
        Assert.NotEqual(plain.data<float>().ToArray(), rounded.data<float>().ToArray());
        foreach (var (expected, found) in plainGradients.Zip(gradients))
        {
            Assert.Equal(ScalarType.Float32, found.dtype);
            Near(expected, found, 2 * Rounding);
        }

        static (Tensor, Tensor[]) Product(bool rounded)
        {
            manual_seed(2);
            Tensor[] leaves = [randn(64, 48, requires_grad: true), randn(32, 48, requires_grad: true), randn(32, requires_grad: true)];
            using var precision = DenseProduct.Round(rounded);
            var product = DenseProduct.Compute(leaves[0], leaves[1], leaves[2]);
            product.square().sum().backward();
            return (product.detach(), [.. leaves.Select(leaf => leaf.grad!)]);
        }
    }

    [Fact]
    public async Task Only_the_thread_that_asks_rounds_and_only_until_it_is_done()
    {
        using (DenseProduct.Round(rounded: true))
        {
            using (DenseProduct.Round(rounded: false))
            {
                Assert.True(DenseProduct.IsRounded);
            }
            Assert.True(DenseProduct.IsRounded);
            Assert.False(await Task.Factory.StartNew(() => DenseProduct.IsRounded, TaskCreationOptions.LongRunning));
        }
        Assert.False(DenseProduct.IsRounded);
    }

    [Theory]
    [InlineData(ActorGradient.Reinforce)]
    [InlineData(ActorGradient.Dynamics)]
    public void An_update_finds_about_what_single_precision_finds_and_keeps_its_weights(ActorGradient gradient)
    {
        var (single, singleWeights) = Update(gradient, half: false);
        var (half, halfWeights) = Update(gradient, half: true);
        // One sample in some hundred falls to the other side of a rounded threshold.
        foreach (var name in new[] { MetricNames.ActorEntropy, MetricNames.CriticLoss, MetricNames.LambdaReturn, MetricNames.CriticGradientNorm })
        {
            Assert.Equal(single.Mean(name)!.Value, half.Mean(name)!.Value, 0.1 * Math.Abs(single.Mean(name)!.Value) + 0.01);
        }
        Assert.NotEqual(singleWeights, halfWeights);
        Assert.False(DenseProduct.IsRounded);
    }

    [Fact]
    public void Without_it_updates_are_what_they_were_to_the_last_bit()
    {
        var (_, before) = Update(ActorGradient.Reinforce, half: false);
        Update(ActorGradient.Reinforce, half: true);
        Assert.Equal(before, Update(ActorGradient.Reinforce, half: false).Weights);
    }

    private static (MetricSet Metrics, float[] Weights) Update(ActorGradient gradient, bool half)
    {
        using var agent = new SmallAgent();
        using var learner = new ActorCriticLearner(
            agent.WorldModel, agent.ActorCritic, DreamerPresets.Debug.Behavior with { ActorGradient = gradient, HalfPrecision = half });
        manual_seed(3);
        using var start = randn(200, SmallAgent.Sizes.LatentSize);
        using var discount = full(200, 1, 0.9f);
        var metrics = new MetricSet();
        learner.Update(start, discount, new UniformNoise(1), metrics);
        Assert.All(agent.ActorCritic.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        return (metrics, SmallAgent.Weights(agent.ActorCritic));
    }

    private static void Near(Tensor expected, Tensor found, double tolerance) =>
        Assert.InRange((expected - found).norm().item<float>() / expected.norm().item<float>(), 0, tolerance);
}
