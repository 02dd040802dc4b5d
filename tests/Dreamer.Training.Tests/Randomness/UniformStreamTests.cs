using System.Numerics;
using System.Runtime.InteropServices;
using Dreamer.Training.Randomness;
using Xunit;

namespace Dreamer.Training.Tests.Randomness;

public class UniformStreamTests
{
    [Fact]
    public void Every_lane_is_the_published_generator()
    {
        var words = new ulong[2 * UniformStream.Lanes];
        var random = new SeededRandom(7);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = random.NextUInt64();
        }
        const int Count = 20;
        var numbers = new float[Count * UniformStream.Lanes];
        new UniformStream(7).Fill(numbers);
        for (var lane = 0; lane < UniformStream.Lanes; lane++)
        {
            uint[] s = [.. Enumerable.Range(0, 4).Select(word => MemoryMarshal.Cast<ulong, uint>(words)[word * UniformStream.Lanes + lane])];
            s[3] |= 1;
            for (var i = 0; i < Count; i++)
            {
                var expected = Math.Max(((s[0] + s[3]) >> 8) / 16777216f, 1 / 33554432f);
                Assert.Equal(expected, numbers[i * UniformStream.Lanes + lane]);
                var t = s[1] << 9;
                s[2] ^= s[0];
                s[3] ^= s[1];
                s[1] ^= s[2];
                s[0] ^= s[3];
                s[2] ^= t;
                s[3] = BitOperations.RotateLeft(s[3], 11);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(33)]
    public void A_part_of_a_step_is_the_beginning_of_a_whole_one(int count)
    {
        var (part, whole) = (new float[count], new float[48]);
        new UniformStream(3).Fill(part);
        new UniformStream(3).Fill(whole);
        Assert.Equal(whole[..count], part);
    }

    [Fact]
    public void Numbers_are_spread_evenly_and_lanes_and_steps_know_nothing_of_each_other()
    {
        var numbers = new float[1 << 20];
        new UniformStream(11).Fill(numbers);
        var counts = new int[64];
        Array.ForEach(numbers, x => counts[(int)(x * 64)]++);
        var expected = numbers.Length / 64.0;
        // Chi squared of 63 degrees of freedom: above 120 once in 30,000 seeds.
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 20, 120);
        foreach (var lag in (int[])[1, 2, 15, 16, 17, 32])
        {
            var correlation = 0.0;
            for (var i = lag; i < numbers.Length; i++)
            {
                correlation += (numbers[i] - 0.5) * (numbers[i - lag] - 0.5);
            }
            Assert.InRange(12 * correlation / numbers.Length, -0.005, 0.005);
        }
    }
}
