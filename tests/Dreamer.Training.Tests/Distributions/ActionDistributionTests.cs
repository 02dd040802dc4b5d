using Dreamer.Training.Distributions;
using Dreamer.Training.Tracing;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Distributions;

public sealed class ActionDistributionTests
{
    private const int Count = 1 << 14;

    private static readonly TruncatedNormal Truncated = new(1, new StandardDeviation());
    private static readonly TanhNormal Tanh = new(1, new StandardDeviation(DeviationKind.Softplus));
    private static readonly torch.Tensor Noise = ((torch.arange(Count).to(torch.float32) + 0.5f) / Count).reshape(Count, 1);

    [Fact]
    public void The_truncated_normal_has_the_known_answers()
    {
        var statistics = Row(0.3f, 0.5f);
        Assert.Equal(-0.1365033710, Truncated.LogProbability(statistics, Row(0.3f)).Value.item<float>(), 1e-6);
        Assert.Equal(-0.6365033710, Truncated.LogProbability(statistics, Row(0.8f)).Value.item<float>(), 1e-6);
        Assert.Equal(0.5025984117, Truncated.Entropy(statistics).Value.item<float>(), 1e-6);
        Assert.Equal(0.2255701109, Samples(Truncated, statistics).mean().item<float>(), 1e-5);
        Assert.Equal(0.3f, Truncated.Mode(statistics).Value.item<float>());
        // Z: how much of the normal distribution lies between the cuts.
        var untruncated = new DiagonalGaussian(1, new StandardDeviation()).LogProbability(statistics, Row(0.3f)).Value.item<float>();
        Assert.Equal(0.9145821527, Math.Exp(untruncated + 0.1365033710), 1e-6);
    }

    [Fact]
    public void The_references_start_has_means_of_zero_and_deviations_of_eleven_tenths()
    {
        var statistics = Truncated.Statistics(torch.zeros(1, 2));
        TensorAssert.Close(Row(0, 1.1f), statistics);
        TensorAssert.Close(Row(MathF.Tanh(0.5f), 2 / (1 + MathF.Exp(-0.5f)) + 0.1f), Truncated.Statistics(Row(0.5f, 1)));
        TensorAssert.Close(Row(5 * MathF.Tanh(0.1f), MathF.Log(1 + MathF.E) + 0.1f), Tanh.Statistics(Row(0.5f, 1)));
    }

    [Theory]
    [InlineData(0.3f, 0.5f)]
    [InlineData(-0.95f, 0.1f)]
    [InlineData(0.99f, 2.1f)]
    public void Truncated_samples_are_as_frequent_as_their_density_says(float mean, float std) => Frequencies(Truncated, Row(mean, std));

    [Theory]
    [InlineData(0.3f, 0.5f)]
    [InlineData(-2f, 0.9f)]
    public void Tanh_samples_are_as_frequent_as_their_density_says(float mean, float std) => Frequencies(Tanh, Row(mean, std));

    [Theory]
    [InlineData(0.3f, 0.5f)]
    [InlineData(-2f, 0.9f)]
    public void The_entropy_of_a_tanh_normal_is_the_mean_of_its_log_densities(float mean, float std)
    {
        var statistics = Row(mean, std);
        var expected = -Tanh.LogProbability(statistics.expand(Count, 2), Samples(Tanh, statistics)).Value.mean().item<float>();
        Assert.Equal(expected, Tanh.Entropy(statistics).Value.item<float>(), 0.02);
    }

    [Theory]
    [InlineData(0.3f, 0.5f, 0.8f)]
    [InlineData(-0.9f, 0.3f, 0.1f)]
    public void The_gradient_of_a_truncated_sample_is_that_of_the_inverse_distribution_function(float mean, float std, float noise)
    {
        const float step = 1e-2f;
        var statistics = Row(mean, std).requires_grad_();
        Truncated.Sample(statistics, Row(noise)).Value.sum().backward();
        var byMean = (Sample(mean + step, std) - Sample(mean - step, std)) / (2 * step);
        var byStd = (Sample(mean, std + step) - Sample(mean, std - step)) / (2 * step);
        Assert.Equal(byMean, statistics.grad![0, 0].item<float>(), 2e-3f);
        Assert.Equal(byStd, statistics.grad![0, 1].item<float>(), 2e-3f);

        float Sample(float m, float s) => Truncated.Sample(Row(m, s), Row(noise)).Value.item<float>();
    }

    [Fact]
    public void Truncated_actions_never_reach_the_bounds()
    {
        var statistics = Row(1f, 0.1f);
        var least = 1f / (1 << 25);
        Assert.Equal(0.999999f, Truncated.Mode(statistics).Value.item<float>());
        foreach (var noise in (float[])[least, 0.5f, 1 - 1f / (1 << 24)])
        {
            Assert.InRange(Truncated.Sample(statistics, Row(noise)).Value.item<float>(), -0.999999f, 0.999999f);
            Assert.InRange(Truncated.Sample(Row(-1, 2.1f), Row(noise)).Value.item<float>(), -0.999999f, 0.999999f);
        }
        Assert.True(float.IsFinite(Truncated.LogProbability(statistics, Row(-0.999999f)).Value.item<float>()));
    }

    [Fact]
    public void A_tanh_action_at_the_bound_has_a_finite_density()
    {
        var statistics = Row(5, 1).requires_grad_();
        var density = Tanh.LogProbability(statistics, Row(1)).Value;
        density.sum().backward();
        Assert.True(float.IsFinite(density.item<float>()));
        Assert.True(statistics.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Several_numbers_add_up()
    {
        var two = new TruncatedNormal(2, new StandardDeviation());
        var statistics = torch.tensor([0.3f, 0.3f, 0.5f, 0.5f]).reshape(1, 4);
        Assert.Equal(2 * 0.5025984117, two.Entropy(statistics).Value.item<float>(), 1e-6);
        Assert.Equal(-0.1365033710 - 0.6365033710, two.LogProbability(statistics, Row(0.3f, 0.8f)).Value.item<float>(), 1e-6);
    }

    /// <summary>Compares the part of the samples in each of twenty bins with the integral of the density over it.</summary>
    private static void Frequencies(NormalFamily distribution, torch.Tensor statistics)
    {
        const int bins = 20, points = 1024;
        var samples = Samples(distribution, statistics);
        var width = 2f / bins;
        for (var bin = 0; bin < bins; bin++)
        {
            var low = -1 + bin * width;
            var found = (samples.ge(low) & samples.lt(low + width)).to(torch.float32).mean().item<float>();
            var x = (torch.arange(points).to(torch.float32) + 0.5f) * (width / points) + low;
            var density = distribution.LogProbability(statistics.expand(points, 2), x.reshape(points, 1)).Value.exp();
            Assert.Equal((density.mean() * width).item<float>(), found, 2e-3f);
        }
    }

    private static torch.Tensor Samples(NormalFamily distribution, torch.Tensor statistics) =>
        distribution.Sample((Traced)statistics.expand(Count, 2), Noise).Value;

    private static torch.Tensor Row(params float[] values) => torch.tensor(values).reshape(1, values.Length);
}
