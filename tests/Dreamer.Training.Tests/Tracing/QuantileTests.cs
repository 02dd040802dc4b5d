using Dreamer.Training.Tracing;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Tracing;

public sealed class QuantileTests
{
    // By Wichura's algorithm AS 241 in double precision.
    private static readonly (double Probability, double Quantile)[] Reference =
    [
        (1.0 / (1 << 24), -5.294704084854597), (1.0 / (1 << 23), -5.1665781197287535), (1e-4, -3.71901648545568), (0.01, -2.3263478740408408),
        (0.025, -1.9599639845400538), (0.1, -1.2815515655446008), (0.25, -0.6744897501960817), (0.4, -0.2533471031357998),
        (0.6, 0.2533471031357998), (0.75, 0.6744897501960817), (0.975, 1.9599639845400536), (0.999, 3.090232306167813),
    ];

    [Fact]
    public void Quantiles_are_those_of_the_normal_distribution()
    {
        foreach (var (probability, quantile) in Reference)
        {
            // What rounding the probability to a float does to its quantile is no error of the function.
            var density = Math.Exp(-quantile * quantile / 2) / Math.Sqrt(2 * Math.PI);
            var rounding = ((float)probability - probability) / density;
            var found = ((Traced)torch.tensor((float)probability)).NormalQuantile().Value.item<float>();
            Assert.Equal(quantile + rounding, found, 1.2e-6 * Math.Max(1, Math.Abs(quantile) / 2));
        }
    }

    [Fact]
    public void The_middle_is_exactly_zero_and_the_two_sides_are_equal_to_the_bit()
    {
        var below = torch.linspace(0, 0.5, 1001).narrow(0, 1, 999);
        TensorAssert.Equal(torch.tensor(0f), ((Traced)torch.tensor(0.5f)).NormalQuantile());
        var (left, right) = (((Traced)(below * 2 - 1)).InverseErf().Value, ((Traced)(1 - below * 2)).InverseErf().Value);
        TensorAssert.Equal(left.neg(), right);
        Assert.True((left.narrow(0, 1, 998) > left.narrow(0, 0, 998)).all().item<bool>());
    }

    [Fact]
    public void The_error_function_takes_the_inverse_back()
    {
        var x = torch.linspace(-0.999, 0.999, 2001);
        TensorAssert.Close(x, ((Traced)x).InverseErf().Erf(), 3e-7);
    }

    [Fact]
    public void The_ends_are_finite()
    {
        var ends = ((Traced)torch.tensor([-1f, 1f])).InverseErf().Value;
        Assert.Equal(3.8325f, ends[1].item<float>(), 1e-3f);
        Assert.Equal(-ends[0].item<float>(), ends[1].item<float>());
    }

    [Fact]
    public void The_gradient_is_that_of_the_inverse()
    {
        var x = torch.tensor([-0.99f, -0.5f, 0f, 0.3f, 0.9f]).requires_grad_();
        var y = ((Traced)x).InverseErf().Value;
        y.sum().backward();
        var expected = y.detach().square().exp() * (Math.Sqrt(Math.PI) / 2);
        Assert.True(torch.allclose(expected, x.grad!, rtol: 1e-6));
        TensorAssert.Equal(((Traced)x.detach()).InverseErf(), y.detach());
    }
}
