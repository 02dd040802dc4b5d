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
            new ActionNoise(0.4).Apply(ActionSpace.Discrete(4), action, Noise, row);
            counts[OneHot.IndexOf(action, 4)]++;
        }
        Assert.Equal([0.1, 0.1, 0.7, 0.1], counts.Select(count => Math.Round(count / (double)Draws, 2)).ToArray(), (a, b) => Math.Abs(a - b) < 0.011);
    }

    [Fact]
    public void A_drawn_action_lasts_for_one_to_the_stated_number_of_rows()
    {
        // The policy picks the third action everywhere, so that a run of another one is a draw; at this chance draws hardly meet.
        var lengths = new int[7];
        var length = 0;
        for (var row = 0; row < 100 * Draws; row++)
        {
            var action = OneHot.Create(2, 3);
            new ActionNoise(0.001, 5).Apply(ActionSpace.Discrete(3), action, Noise, row);
            if (OneHot.IndexOf(action, 3) != 2)
            {
                length++;
            }
            else if (length > 0)
            {
                lengths[Math.Min(length, 6)]++;
                length = 0;
            }
        }
        var runs = (double)lengths.Sum();
        Assert.InRange(runs / (100 * Draws), 0.00063, 0.00069); // two of three actions are not the policy's
        Assert.All(lengths[1..6], count => Assert.Equal(0.2, count / runs, 0.04));
        Assert.InRange(lengths[6] / runs, 0, 0.01);
    }

    [Fact]
    public void What_is_added_to_a_continuous_action_stays_for_the_stated_number_of_rows()
    {
        var added = Enumerable.Range(0, 12).Select(row =>
        {
            float[] action = [0];
            new ActionNoise(0.1, 4).Apply(ActionSpace.Continuous([-1], [1]), action, Noise, row);
            return action[0];
        }).ToArray();
        Assert.Equal(3, added.Distinct().Count());
        Assert.All(added.Chunk(4), chunk => Assert.Single(chunk.Distinct()));
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
            new ActionNoise(0.25).Apply(space, action, Noise, row);
            first.Add(action[0]);
            second.Add(action[1]);
            float[] edge = [1, 0];
            new ActionNoise(0.25).Apply(space, edge, Noise, row);
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
            new ActionNoise(amount).Apply(space, action, Noise, row);
            return action[0];
        }
    }
}
