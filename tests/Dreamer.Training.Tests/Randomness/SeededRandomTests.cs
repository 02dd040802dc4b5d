using Dreamer.Training.Randomness;
using Xunit;

namespace Dreamer.Training.Tests.Randomness;

public class SeededRandomTests
{
    [Fact]
    public void Follows_the_published_algorithm()
    {
        // The reference implementation of xoshiro256** from the state 1, 2, 3, 4.
        var random = new SeededRandom(0);
        var state = new byte[SeededRandom.StateSize];
        (state[0], state[8], state[16], state[24]) = (1, 2, 3, 4);
        random.LoadState(state);
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], Enumerable.Range(0, 4).Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Goes_on_from_a_saved_state()
    {
        var random = new SeededRandom(7);
        random.NextUInt64();
        var copy = new SeededRandom(0);
        copy.LoadState(random.SaveState());
        Assert.Equal(random.NextUInt64(), copy.NextUInt64());
    }

    [Fact]
    public void Draws_every_number_about_as_often()
    {
        var random = new SeededRandom(1);
        var counts = new int[5];
        for (var i = 0; i < 50_000; i++)
        {
            counts[random.Next(counts.Length)]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Doubles_fill_the_unit_interval()
    {
        var random = new SeededRandom(1);
        var numbers = Enumerable.Range(0, 10_000).Select(_ => random.NextDouble()).ToArray();
        Assert.All(numbers, x => Assert.InRange(x, 0, 0.99999999999999989));
        Assert.InRange(numbers.Average(), 0.49, 0.51);
    }

    [Fact]
    public void Refuses_what_is_no_state() =>
        Assert.Throws<ArgumentException>(() => new SeededRandom(0).LoadState(new byte[SeededRandom.StateSize]));

    [Fact]
    public void Seeds_of_different_uses_differ()
    {
        ulong[] seeds = [Seeds.Derive(1, "a"), Seeds.Derive(1, "b"), Seeds.Derive(2, "a"), Seeds.Derive(1, "a", 1)];
        Assert.Equal(4, seeds.Distinct().Count());
        Assert.Equal(seeds[0], Seeds.Derive(1, "a"));
    }
}
