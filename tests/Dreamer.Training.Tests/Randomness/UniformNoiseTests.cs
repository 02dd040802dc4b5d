using Dreamer.Training.Randomness;
using Xunit;

namespace Dreamer.Training.Tests.Randomness;

public class UniformNoiseTests
{
    [Fact]
    public void Numbers_lie_strictly_between_zero_and_one()
    {
        var noise = new UniformNoise(1);
        using var draw = noise.Draw(1000, 100);
        var numbers = draw.data<float>().ToArray();
        Assert.All(numbers, x => Assert.True(x is > 0 and < 1));
        Assert.InRange(numbers.Average(), 0.49, 0.51);
    }

    [Fact]
    public void Starts_over_with_a_seed()
    {
        var noise = new UniformNoise(1);
        noise.Reseed(5);
        using var one = noise.Draw(10);
        using var two = noise.Draw(10);
        noise.Reseed(5);
        using var again = noise.Draw(10);
        Assert.Equal(one.data<float>().ToArray(), again.data<float>().ToArray());
        Assert.NotEqual(one.data<float>().ToArray(), two.data<float>().ToArray());
    }
}
