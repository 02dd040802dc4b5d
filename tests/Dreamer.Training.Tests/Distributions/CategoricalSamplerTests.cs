using Dreamer.Training.Distributions;
using Dreamer.Training.Randomness;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Distributions;

public sealed class CategoricalSamplerTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(1, 18)]
    [InlineData(8, 8)]
    [InlineData(20, 20)]
    [InlineData(32, 32)]
    [InlineData(3, 7)]
    public void Samples_what_the_tensor_operations_sample(int rows, int classes)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var categorical = new OneHotCategorical(rows, classes);
        var logits = 3 * torch.randn(500, rows * classes);
        var noise = new UniformNoise(2).Draw(500, rows * classes);
        var plain = categorical.GumbelArgMax(logits, noise).Value;
        var fast = CategoricalSampler.Sample(logits, noise, classes);
        Assert.Equal(500f * rows, fast.sum().item<float>());
        // Where the two differ, rounding decides: the classes are as good as equal.
        var scores = logits - (-noise.log()).log();
        TensorAssert.Close((plain * scores).sum(1), (fast * scores).sum(1), 1e-4);
        Assert.InRange((plain - fast).abs().sum().item<float>(), 0, 4);
    }

    [Fact]
    public void Noise_of_one_half_gives_the_mode_and_the_first_of_equals()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new[] { 0f, 2, 2, 1, 5, -5, 0, 5 }).reshape(2, 4);
        var sample = CategoricalSampler.Sample(logits, torch.full(2, 4, 0.5f), 4);
        TensorAssert.Equal(torch.tensor(new[] { 0f, 1, 0, 0, 1, 0, 0, 0 }).reshape(2, 4), sample);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(20, 20)]
    [InlineData(3, 7)]
    public void The_mode_is_what_the_tensor_operations_take(int rows, int classes)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var logits = torch.randn(500, rows * classes);
        var plain = torch.nn.functional.one_hot(logits.reshape(-1, rows, classes).argmax(-1), classes).to_type(torch.ScalarType.Float32);
        TensorAssert.Equal(plain.reshape(-1, rows * classes), CategoricalSampler.Mode(logits, classes));
        TensorAssert.Equal(plain.reshape(-1, rows * classes), new OneHotCategorical(rows, classes).Mode(logits));
    }

    [Fact]
    public void Reads_what_is_not_contiguous()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var wide = torch.randn(50, 30);
        var noise = new UniformNoise(2).Draw(50, 30);
        TensorAssert.Equal(
            CategoricalSampler.Sample(wide.narrow(1, 10, 12).contiguous(), noise.narrow(1, 3, 12).contiguous(), 6),
            CategoricalSampler.Sample(wide.narrow(1, 10, 12), noise.narrow(1, 3, 12), 6));
    }

    [Fact]
    public void Refuses_noise_of_another_size()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentException>(() => CategoricalSampler.Sample(torch.zeros(2, 6), torch.zeros(2, 5), 3));
    }

    [Fact]
    public void Leaves_no_tensor_behind_but_the_sample()
    {
        using var logits = torch.zeros(4, 6);
        using var noise = torch.full(4, 6, 0.5f);
        TensorCount.Settle();
        var before = torch.Tensor.TotalCount;
        using var sample = CategoricalSampler.Sample(logits, noise, 3);
        Assert.Equal(before + 1, torch.Tensor.TotalCount);
    }
}
