using Dreamer.Training.Distributions;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Distributions;

public sealed class OneHotCategoricalTests
{
    private static readonly float[] Posterior = [1, 0, -1];
    private static readonly float[] Prior = [0, 0.5f, 0];

    [Fact]
    public void Kl_has_the_known_answer_and_gradients()
    {
        var posterior = torch.tensor(Posterior).reshape(1, 3).requires_grad_();
        var prior = torch.tensor(Prior).reshape(1, 3).requires_grad_();
        var categorical = new OneHotCategorical(1, 3);

        var toPosterior = categorical.Kl(posterior, prior.detach());
        var toPrior = categorical.Kl(posterior.detach(), prior);
        (0.2 * toPosterior.Value + 0.8 * toPrior.Value).sum().backward();

        Assert.Equal([1, 1], toPrior.Shape);
        Assert.Equal(0.3396169521f, toPrior.Value.item<float>(), 1e-6f);
        AssertClose([-0.3129378694f, 0.1657074327f, 0.1472304367f], prior.grad!);
        AssertClose([0.0727978304f, -0.0466377161f, -0.0261601143f], posterior.grad!);
    }

    [Fact]
    public void Mixed_with_the_uniform_distribution_nothing_is_impossible()
    {
        var mixed = new OneHotCategorical(2, 4, 0.01f);
        var outputs = torch.tensor((float[])[100, 0, 0, 0, 1, 2, 3, 4]).reshape(1, 8);
        var probabilities = mixed.Statistics(outputs).Value.exp().data<float>().ToArray();
        Assert.Equal(0.9925f, probabilities[0], 1e-6f);
        Assert.All(probabilities[1..4], p => Assert.Equal(0.0025f, p, 1e-6f));
        Assert.Equal(1, probabilities[4..].Sum(), 1e-6f);
        Assert.Equal(0.99 * Math.Exp(1) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3) + Math.Exp(4)) + 0.0025, probabilities[4], 1e-6);
    }

    [Fact]
    public void Kl_and_entropy_sum_over_the_rows()
    {
        var p = torch.tensor((float[])[.. Posterior, .. Posterior]).reshape(1, 6);
        var q = torch.tensor((float[])[.. Prior, .. Prior]).reshape(1, 6);
        var two = new OneHotCategorical(2, 3);
        Assert.Equal(2 * 0.3396169521f, two.Kl(p, q).Value.item<float>(), 1e-6f);
        Assert.Equal(2 * MathF.Log(3), two.Entropy(torch.zeros(1, 6)).Value.item<float>(), 1e-6f);
    }

    [Fact]
    public void Log_probability_is_that_of_the_outcome_in_every_row()
    {
        var logits = torch.tensor((float[])[.. Posterior, 0, 0, 0]).reshape(1, 6);
        var outcome = torch.tensor((float[])[0, 1, 0, 0, 0, 1]).reshape(1, 6);
        var expected = -MathF.Log(MathF.E + 1 + 1 / MathF.E) - MathF.Log(3);
        Assert.Equal(expected, new OneHotCategorical(2, 3).LogProbability(logits, outcome).Value.item<float>(), 1e-5f);
    }

    [Fact]
    public void The_gradient_of_a_sample_is_the_Jacobian_of_the_softmax()
    {
        torch.manual_seed(5);
        var logits = torch.randn(1, 4).requires_grad_();
        var noise = torch.rand(1, 4);
        var categorical = new OneHotCategorical(1, 4);
        var p = logits.detach().softmax(-1).data<float>().ToArray();
        for (var i = 0; i < 4; i++)
        {
            var sample = categorical.Sample(logits, noise).Value;
            var gradient = torch.autograd.grad([sample[0, i]], [logits])[0];
            var expected = Enumerable.Range(0, 4).Select(j => p[i] * ((i == j ? 1 : 0) - p[j])).ToArray();
            AssertClose(expected, gradient);
        }
    }

    [Fact]
    public void A_sample_is_exactly_one_hot_with_and_without_gradients()
    {
        torch.manual_seed(6);
        var categorical = new OneHotCategorical(8, 5);
        var logits = torch.randn(16, 40).requires_grad_();
        var noise = torch.rand(16, 40);
        var withGradient = categorical.Sample(logits, noise).Value;
        using var noGradients = torch.no_grad();
        var without = categorical.Sample(logits, noise).Value;

        TensorAssert.Equal(withGradient, without);
        TensorAssert.Equal(without.reshape(16, 8, 5).sum(-1), torch.ones(16, 8));
        TensorAssert.Equal(without.max(), torch.tensor(1f));
    }

    [Fact]
    public void Noise_of_one_half_gives_the_mode()
    {
        torch.manual_seed(7);
        var categorical = new OneHotCategorical(8, 5);
        var logits = torch.randn(16, 40);
        TensorAssert.Equal(categorical.Mode(logits), categorical.Sample(logits, torch.full(16, 40, 0.5f)));
    }

    [Fact]
    public void Samples_are_as_frequent_as_the_probabilities_say()
    {
        torch.manual_seed(8);
        const int n = 40_000;
        var logits = torch.tensor(Posterior).reshape(1, 3);
        var samples = new OneHotCategorical(1, 3).Sample(logits.expand(n, 3), torch.rand(n, 3)).Value;
        var difference = (samples.mean([0]) - logits.softmax(-1)[0]).abs().max().item<float>();
        // Five standard deviations of a frequency.
        Assert.InRange(difference, 0, 5 * 0.5f / MathF.Sqrt(n));
    }

    private static void AssertClose(float[] expected, torch.Tensor actual) => TensorAssert.Close(torch.tensor(expected), actual.reshape(-1));
}
