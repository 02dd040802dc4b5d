using Dreamer.Training.Distributions;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Distributions;

public sealed class DiagonalGaussianTests
{
    private static readonly DiagonalGaussian Two = new(2, new StandardDeviation());

    [Fact]
    public void Kl_has_the_known_answer_and_gradients()
    {
        // N(1, 0.5) and N(0, 2) against N(0, 1) and N(0.5, 1): ln(sq/sp) + (sp^2 + d^2) / (2 sq^2) - 1/2 each.
        var p = torch.tensor([1f, 0, 0.5f, 2]).reshape(1, 4).requires_grad_();
        var q = torch.tensor([0f, 0.5f, 1, 1]).reshape(1, 4).requires_grad_();
        var kl = Two.Kl(p, q).Value;
        kl.sum().backward();
        var expected = Math.Log(2) + (0.25 + 1) / 2 - 0.5 + (-Math.Log(2) + (4 + 0.25) / 2 - 0.5);
        Assert.Equal([1, 1], kl.shape);
        Assert.Equal(expected, kl.item<float>(), 1e-6);
        // d/d mp = (mp - mq) / sq^2, d/d sp = sp / sq^2 - 1 / sp; of q the opposite of the mean, 1/sq - (sp^2 + d^2) / sq^3.
        TensorAssert.Close(torch.tensor([1f, -0.5f, 0.5f - 2, 2 - 0.5f]).reshape(1, 4), p.grad!);
        TensorAssert.Close(torch.tensor([-1f, 0.5f, 1 - 1.25f, 1 - 4.25f]).reshape(1, 4), q.grad!);
    }

    [Fact]
    public void Entropy_and_log_probability_have_known_answers()
    {
        var statistics = torch.tensor([1f, -1, 0.5f, 2]).reshape(1, 4);
        Assert.Equal(2 * 1.4189385332 + Math.Log(0.5) + Math.Log(2), Two.Entropy(statistics).Value.item<float>(), 1e-6);
        var expected = -2 * 0.9189385332 - Math.Log(0.5) - 0.5 - Math.Log(2) - 0.125;
        Assert.Equal(expected, Two.LogProbability(statistics, torch.tensor([1.5f, 0]).reshape(1, 2)).Value.item<float>(), 1e-6);
    }

    [Theory]
    [InlineData(DeviationKind.Sigmoid2, 0.1, 1.1, 1.3449187)]
    [InlineData(DeviationKind.Softplus, 0.1, 0.7931472, 1.4132617)]
    [InlineData(DeviationKind.Sigmoid, 0.2, 0.7, 0.9310586)]
    public void Deviations_come_about_as_the_reference_says(DeviationKind kind, float least, float atZero, float atOne)
    {
        var gaussian = new DiagonalGaussian(2, new StandardDeviation(kind, least));
        var statistics = gaussian.Statistics(torch.tensor([3f, -4, 0, 1]).reshape(1, 4));
        TensorAssert.Equal(torch.tensor([3f, -4]).reshape(1, 2), gaussian.Mean(statistics));
        TensorAssert.Close(torch.tensor([atZero, atOne]).reshape(1, 2), gaussian.Std(statistics), 1e-5);
    }

    [Fact]
    public void Noise_of_one_half_gives_the_mean_to_the_bit()
    {
        torch.manual_seed(3);
        var statistics = torch.cat([torch.randn(9, 2), torch.rand(9, 2)], 1);
        TensorAssert.Equal(Two.Mode(statistics), Two.Sample(statistics, torch.full(9, 2, 0.5f)));
    }

    [Fact]
    public void Samples_spread_as_the_statistics_say_and_their_gradient_is_one_and_the_noise()
    {
        const int n = 1 << 14;
        var noise = ((torch.arange(n).to(torch.float32) + 0.5f) / n).reshape(n, 1);
        var one = new DiagonalGaussian(1, new StandardDeviation());
        var statistics = torch.tensor([0.7f, 1.3f]).reshape(1, 2).requires_grad_();
        var samples = one.Sample(statistics.expand(n, 2), noise).Value;
        Assert.Equal(0.7f, samples.mean().item<float>(), 1e-4f);
        Assert.Equal(1.3f, samples.std(unbiased: false).item<float>(), 1e-3f);
        samples[0].sum().backward();
        Assert.Equal(1, statistics.grad![0, 0].item<float>());
        Assert.Equal((samples[0].item<float>() - 0.7f) / 1.3f, statistics.grad![0, 1].item<float>(), 1e-5f);
    }
}
