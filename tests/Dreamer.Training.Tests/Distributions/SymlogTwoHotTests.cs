using Dreamer.Training.Distributions;
using Dreamer.Training.Tracing;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Distributions;

public sealed class SymlogTwoHotTests
{
    private static readonly SymlogTwoHot Bins = new(255);

    [Fact]
    public void The_logarithm_and_its_inverse_have_the_known_answers()
    {
        Assert.Equal(2.3978952728f, One(10).Symlog().Value.item<float>(), 1e-6f);
        Assert.Equal(6.3890560989f, One(2).Symexp().Value.item<float>(), 1e-5f);
        Assert.Equal(-2.3978952728f, One(-10).Symlog().Value.item<float>(), 1e-6f);
        Assert.Equal(-6.3890560989f, One(-2).Symexp().Value.item<float>(), 1e-5f);
    }

    [Fact]
    public void A_target_lies_between_the_two_known_bins()
    {
        var (below, share) = Bins.Encode(One(2.5f));
        Assert.Equal(134, below.item<long>());
        Assert.Equal(0.9550448499f, share.Value.item<float>(), 1e-4f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.37f)]
    [InlineData(2.5f)]
    [InlineData(-1000)]
    [InlineData(1e6f)]
    public void The_mean_of_a_targets_two_bins_is_the_target(float target)
    {
        var (below, share) = Bins.Encode(One(target));
        var logits = torch.full(1, 255, -1e9f);
        logits[0, below.item<long>()] = MathF.Log(Math.Max(1 - share.Value.item<float>(), 1e-30f));
        logits[0, below.item<long>() + 1] = MathF.Log(Math.Max(share.Value.item<float>(), 1e-30f));
        var mean = Bins.Mean(logits).Value.item<float>();
        Assert.Equal(target, mean, Math.Abs(target) * 1e-4f + 1e-5f);
    }

    [Theory]
    [InlineData(1e12f, 253, 1)]
    [InlineData(-1e12f, 0, 0)]
    public void Beyond_the_outermost_bin_that_bin_stands_for_a_target(float target, long expected, float upper)
    {
        var (below, share) = Bins.Encode(One(target));
        Assert.Equal(expected, below.item<long>());
        Assert.Equal(upper, share.Value.item<float>());
    }

    [Fact]
    public void The_loss_is_the_cross_entropy_with_both_bins()
    {
        torch.manual_seed(3);
        var logits = torch.randn(2, 255, requires_grad: true);
        var target = torch.tensor((float[])[2.5f, -0.1f]).reshape(2, 1);
        var loss = Bins.NegativeLogLikelihood(logits, target).Value;
        var (below, share) = Bins.Encode(target);
        var probabilities = torch.nn.functional.softmax(logits.detach(), 1);
        for (var row = 0; row < 2; row++)
        {
            var (index, part) = (below[row, 0].item<long>(), share.Value[row, 0].item<float>());
            var expected = -(1 - part) * Math.Log(probabilities[row, index].item<float>()) - part * Math.Log(probabilities[row, index + 1].item<float>());
            Assert.Equal(expected, loss[row].item<float>(), 1e-4);
        }
        // The gradient of a cross-entropy is what is predicted less what is wanted.
        loss.sum().backward();
        var at = below[0, 0].item<long>();
        Assert.Equal(probabilities[0, at].item<float>() - (1 - share.Value[0, 0].item<float>()), logits.grad![0, at].item<float>(), 1e-5f);
    }

    [Fact]
    public void Equal_logits_mean_nothing()
    {
        Assert.Equal(0, Bins.Mean(torch.zeros(1, 255)).Value.item<float>(), 1e-5f);
    }

    private static Traced One(float value) => torch.tensor((float[])[value]).reshape(1, 1);
}
