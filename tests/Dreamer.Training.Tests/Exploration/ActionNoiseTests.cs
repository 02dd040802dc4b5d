using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;
using Xunit;

namespace Dreamer.Training.Tests.Exploration;

public sealed class ActionNoiseTests
{
    private const int Draws = 20_000;

    private static readonly EpisodeNoise Noise = new(7, "noise");

    [Fact]
    public void A_discrete_action_is_drawn_anew_with_the_stated_chance()
    {
        // amount / A + (1 - amount) * one-hot with an amount of 0.4 and 4 actions: 0.7 for the picked one, 0.1 for each other.
        var counts = new int[4];
        for (var row = 0; row < Draws; row++)
        {
            var action = OneHot.Create(2, 4);
            ActionNoise.Apply(ActionSpace.Discrete(4), 0.4, action, Noise, row);
            counts[OneHot.IndexOf(action, 4)]++;
        }
        Assert.Equal([0.1, 0.1, 0.7, 0.1], counts.Select(count => Math.Round(count / (double)Draws, 2)).ToArray(), (a, b) => Math.Abs(a - b) < 0.011);
    }

    [Fact]
    public void A_continuous_action_has_a_normal_number_added_and_is_clipped()
    {
        // The second number's range is ten times as wide, and so is its noise.
        var space = ActionSpace.Continuous([-1, -10], [1, 10]);
        var (first, second, clipped) = (new List<double>(), new List<double>(), 0);
        for (var row = 0; row < Draws; row++)
        {
            float[] action = [0, 0];
            ActionNoise.Apply(space, 0.25, action, Noise, row);
            first.Add(action[0]);
            second.Add(action[1]);
            float[] edge = [1, 0];
            ActionNoise.Apply(space, 0.25, edge, Noise, row);
            Assert.InRange(edge[0], -1, 1);
            clipped += edge[0] == 1 ? 1 : 0;
        }
        Assert.Equal(0, first.Average(), 0.01);
        Assert.Equal(0.25, Math.Sqrt(first.Average(x => x * x)), 0.005);
        Assert.Equal(2.5, Math.Sqrt(second.Average(x => x * x)), 0.05);
        Assert.Equal(0, first.Zip(second, (a, b) => a * b).Average(), 0.02);
        Assert.Equal(0.6827, first.Count(x => Math.Abs(x) < 0.25) / (double)Draws, 0.01);
        Assert.Equal(0.5, clipped / (double)Draws, 0.01);
    }

    [Fact]
    public void No_noise_changes_nothing_and_a_row_has_its_own()
    {
        var space = ActionSpace.Continuous([-1], [1]);
        Assert.Equal(0.3f, After(0, 5));
        Assert.Equal(After(0.1, 5), After(0.1, 5));
        Assert.NotEqual(After(0.1, 5), After(0.1, 6));

        float After(double amount, long row)
        {
            float[] action = [0.3f];
            ActionNoise.Apply(space, amount, action, Noise, row);
            return action[0];
        }
    }
}
