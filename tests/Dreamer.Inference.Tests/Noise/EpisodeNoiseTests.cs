using Xunit;

namespace Dreamer.Inference.Tests.Noise;

public class EpisodeNoiseTests
{
    [Fact]
    public void Stays_strictly_inside_zero_and_one_with_the_moments_of_a_uniform()
    {
        var values = Fill(new EpisodeNoise(7, "a"), 100_000);
        Assert.All(values, u => Assert.InRange(u, float.Epsilon, MathF.BitDecrement(1)));
        Assert.Equal(0.5, values.Average(u => (double)u), 2);
        Assert.Equal(1 / 12.0, values.Average(u => (u - 0.5) * (u - 0.5)), 3);
    }

    [Fact]
    public void Same_seed_and_id_give_the_same_noise() => Assert.Equal(Fill(new(7, "a"), 33), Fill(new(7, "a"), 33));

    [Fact]
    public void A_draw_of_any_length_begins_a_longer_one()
    {
        var longest = Fill(new(7, "a"), 80);
        Assert.All(Enumerable.Range(0, 80), count => Assert.Equal(longest[..count], Fill(new(7, "a"), count)));
    }

    [Theory]
    [InlineData(8, "a", 0, NoiseStream.Posterior, 0)]
    [InlineData(7, "b", 0, NoiseStream.Posterior, 0)]
    [InlineData(7, "a", 1, NoiseStream.Posterior, 0)]
    [InlineData(7, "a", 1L << 32, NoiseStream.Posterior, 0)]
    [InlineData(7, "a", 0, NoiseStream.Action, 0)]
    [InlineData(7, "a", 0, NoiseStream.Posterior, 1)]
    public void Another_seed_id_step_stream_or_branch_gives_other_noise(ulong seed, string id, long step, NoiseStream stream, int branch)
    {
        var other = new float[8];
        new EpisodeNoise(seed, id).Fill(other, step, stream, branch);
        Assert.NotEqual(Fill(new(7, "a"), 8), other);
    }

    /// <summary>What a seed means may never change: recordings are scored again years later.</summary>
    [Fact]
    public void Stays_what_it_was() =>
        Assert.Equal([GoldenFirst, GoldenSecond], Fill(new(42, "episode-0"), 2));

    [Fact]
    public void Refuses_a_negative_step() =>
        Assert.Throws<ArgumentOutOfRangeException>("step", () => new EpisodeNoise(0, "a").Fill(new float[1], -1, NoiseStream.Action));

    [Fact]
    public void Takes_an_id_of_any_length() => Assert.NotEqual(Fill(new(7, new string('a', 4000)), 4), Fill(new(7, new string('a', 4001)), 4));

    private const float GoldenFirst = 0.19584471f;
    private const float GoldenSecond = 0.3985762f;

    private static float[] Fill(EpisodeNoise noise, int count)
    {
        var values = new float[count];
        noise.Fill(values, 0, NoiseStream.Posterior);
        return values;
    }
}
