using Dreamer.Training.Distributions;
using Dreamer.Training.Tests.WorldModel;
using Dreamer.Training.WorldModel;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Distributions;

public class NegativeLogLikelihoodTests
{
    [Fact]
    public void A_perfect_image_has_the_constant_floor()
    {
        using var scope = NewDisposeScope();
        var image = rand(2, 64, 64, 1);
        Assert.Equal(3763.97, NegativeLogLikelihood.Normal(image, image).Value[0].item<float>(), 2);
        Assert.Equal(11291.92, NegativeLogLikelihood.Normal(zeros(1, 64, 64, 3), zeros(1, 64, 64, 3)).Value[0].item<float>(), 2);
    }

    [Fact]
    public void An_error_costs_half_its_square()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0.5 * 9 + 0.918939, NegativeLogLikelihood.Normal(tensor(new[,] { { 1f } }), tensor(new[,] { { 4f } })).Value.item<float>(), 5);
    }

    [Theory]
    [InlineData(0.999, 0.0079073)]
    [InlineData(0.99, 0.0560015)]
    public void A_soft_target_has_its_minimum_at_its_own_logit(double target, double minimum)
    {
        using var scope = NewDisposeScope();
        var logit = new Parameter(tensor(new[,] { { (float)Math.Log(target / (1 - target)) } }));
        var loss = NegativeLogLikelihood.Bernoulli((Tensor)logit, tensor(new[,] { { (float)target } })).Value.sum();
        Assert.Equal(minimum, loss.item<float>(), 6);
        loss.backward();
        Assert.Equal(0, logit.grad!.item<float>(), 6);
    }

    [Theory]
    [InlineData(1000f, 0f, 1000f)]
    [InlineData(-1000f, 0f, 0f)]
    [InlineData(30f, 0f, 30f)]
    [InlineData(0f, 1f, 0.693147f)]
    public void Large_logits_stay_finite(float logit, float target, float expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected, NegativeLogLikelihood.Bernoulli(tensor(new[,] { { logit } }), tensor(new[,] { { target } })).Value.item<float>(), 5);
    }
}
