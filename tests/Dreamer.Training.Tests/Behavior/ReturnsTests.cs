using Dreamer.Training.Behavior;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Behavior;

public class ReturnsTests
{
    [Theory]
    [InlineData(0.9, 0.9, 0.9, 0.95, new[] { 33.274225, 36.695, 39.0 })]
    [InlineData(0.9, 0.9, 0.9, 0.0, new[] { 19.0, 29.0, 39.0 })]
    [InlineData(0.9, 0.9, 0.9, 1.0, new[] { 34.39, 37.1, 39.0 })]
    [InlineData(0.99, 0.0, 0.99, 0.95, new[] { 3.871, 2.0, 42.6 })]
    public void Lambda_return_is_known(double d0, double d1, double d2, double lambda, double[] expected)
    {
        using var scope = NewDisposeScope();
        var returns = Returns.Lambda(
            tensor(new[] { 1f, 2f, 3f }), tensor(new[] { 10f, 20f, 30f, 40f }), tensor(new[] { (float)d0, (float)d1, (float)d2 }), lambda);
        Assert.All(expected.Zip(returns.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 4));
    }

    [Fact]
    public void Trajectories_do_not_touch_each_other()
    {
        using var scope = NewDisposeScope();
        var (rewards, values, discounts) = (randn(4, 3), randn(5, 3), rand(4, 3));
        var together = Returns.Lambda(rewards, values, discounts, 0.95);
        for (var i = 0; i < 3; i++)
        {
            var alone = Returns.Lambda(rewards.select(1, i), values.select(1, i), discounts.select(1, i), 0.95);
            Assert.Equal(alone.data<float>().ToArray(), together.select(1, i).contiguous().data<float>().ToArray());
        }
    }

    [Fact]
    public void Weights_are_known()
    {
        using var scope = NewDisposeScope();
        var weights = Returns.Weights(tensor(new[] { 0.999f, 0.5f, 0f, 0.999f })).data<float>().ToArray();
        Assert.Equal([1f, 0.999f, 0.4995f, 0f, 0f], weights);
    }

    [Fact]
    public void Refuses_numbers_of_steps_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Returns.Lambda(ones(3), ones(3), ones(3), 0.95));
        Assert.Throws<ArgumentException>(() => Returns.Lambda(ones(3), ones(4), ones(4), 0.95));
    }
}
