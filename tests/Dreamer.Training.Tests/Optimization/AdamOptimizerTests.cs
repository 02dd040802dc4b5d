using Dreamer.Training.Checkpoints;
using Dreamer.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Optimization;

public class AdamOptimizerTests
{
    private static readonly AdamOptions Options = new() { LearningRate = 0.1, Epsilon = 0.5, WeightDecay = 0.01, ClipNorm = 1e9 };

    [Fact]
    public void Takes_the_reference_form_of_the_step()
    {
        using var weight = new Parameter(tensor(new[] { 1f, -2f }));
        using var adam = new AdamOptimizer("test", [("w", weight)], Options);
        double[] expected = [1, -2], m = [0, 0], v = [0, 0];
        for (var t = 1; t <= 3; t++)
        {
            double[] gradient = [.. expected.Select(w => 2 * w)];
            for (var i = 0; i < 2; i++)
            {
                m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                var rate = 0.1 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t));
                expected[i] = expected[i] * 0.99 - rate * m[i] / (Math.Sqrt(v[i]) + 0.5);
            }
            var norm = adam.Minimize((weight * weight).sum());
            Assert.Equal(Math.Sqrt(gradient.Sum(g => g * g)), norm, 4);
            Assert.Equal(expected[0], weight[0].item<float>(), 5);
            Assert.Equal(expected[1], weight[1].item<float>(), 5);
        }
    }

    [Fact]
    public void First_step_without_decay_is_known()
    {
        // g = 1, lr = 1: sqrt(1 - 0.999) / (1 - 0.9) * 0.1 / (sqrt(0.001) + eps) with eps = sqrt(0.001) is one half.
        using var weight = new Parameter(tensor(new[] { 0f }));
        using var adam = new AdamOptimizer("test", [("w", weight)], new() { LearningRate = 1, Epsilon = Math.Sqrt(0.001), WeightDecay = 0 });
        adam.Minimize(weight.sum());
        Assert.Equal(-0.5f, weight[0].item<float>(), 5);
    }

    [Fact]
    public void The_global_norm_keeps_small_gradients_next_to_large_ones()
    {
        // 1e8 + 1e6 times 1: in single precision, the ones vanish next to a sum of 1e8.
        var values = new float[1_000_001];
        Array.Fill(values, 1f);
        values[0] = 1e4f;
        using var gradients = tensor(values);
        Assert.Equal(Math.Sqrt(1e8 + 1e6), GlobalNorm.Compute(gradients), 1e-9);
        Assert.Equal(14, GlobalNorm.SumOfSquares([1, 2, 3]), 1e-12);
    }

    [Fact]
    public void Clips_by_the_norm_over_all_parameters()
    {
        using var one = new Parameter(zeros(1));
        using var two = new Parameter(zeros(1));
        using var adam = new AdamOptimizer("test", [("one", one), ("two", two)], new() { LearningRate = 1, Epsilon = 1, WeightDecay = 0, ClipNorm = 1 });
        Assert.Equal(50f, adam.Minimize((30 * one + 40 * two).sum()), 4);
        // After clipping the gradients are 0.6 and 0.8.
        Assert.Equal(Step(0.6), one[0].item<float>(), 5);
        Assert.Equal(Step(0.8), two[0].item<float>(), 5);

        static double Step(double g) => -Math.Sqrt(0.001) / 0.1 * 0.1 * g / (Math.Sqrt(0.001 * g * g) + 1);
    }

    [Fact]
    public void Names_the_gradient_that_is_not_finite_and_changes_nothing()
    {
        using var good = new Parameter(ones(1));
        using var bad = new Parameter(zeros(1));
        using var adam = new AdamOptimizer("model", [("encoder.good", good), ("encoder.bad", bad)], Options);
        // The gradient of a root is infinite at 0, while its value is finite.
        var error = Assert.Throws<NonFiniteTensorException>(() => adam.Minimize((good + bad.sqrt()).sum()));
        Assert.Contains("encoder.bad", error.Message, StringComparison.Ordinal);
        Assert.Equal(1f, good[0].item<float>());
        adam.Minimize(good.sum());
        Assert.NotEqual(1f, good[0].item<float>());
    }

    [Fact]
    public void Names_the_loss_that_is_not_finite()
    {
        using var weight = new Parameter(zeros(1));
        using var adam = new AdamOptimizer("critic", [("w", weight)], Options);
        var error = Assert.Throws<NonFiniteTensorException>(() => adam.Minimize((weight / weight).sum()));
        Assert.Equal("critic loss", error.TensorName);
    }

    [Fact]
    public void Goes_on_from_a_checkpoint()
    {
        using var weight = new Parameter(ones(3));
        using var adam = new AdamOptimizer("test", [("w", weight)], Options);
        adam.Minimize((weight * weight).sum());
        var checkpoint = new Checkpoint();
        adam.Save(checkpoint);
        checkpoint.Add("w", weight);
        adam.Minimize((weight * weight).sum());

        using var other = new Parameter(zeros(3));
        using var resumed = new AdamOptimizer("test", [("w", other)], Options);
        resumed.Load(checkpoint);
        checkpoint.CopyTo("w", other);
        resumed.Minimize((other * other).sum());
        Assert.Equal(weight.data<float>().ToArray(), other.data<float>().ToArray());
    }

    [Fact]
    public void Refuses_settings_out_of_range_all_at_once()
    {
        using var weight = new Parameter(ones(3));
        var error = Assert.Throws<ArgumentException>(() =>
            new AdamOptimizer("actor", [("w", weight)], new() { LearningRate = 0, Beta1 = 1, WeightDecay = -1 }));
        Assert.Contains("actor.LearningRate", error.Message, StringComparison.Ordinal);
        Assert.Contains("actor.Beta1", error.Message, StringComparison.Ordinal);
        Assert.Contains("actor.WeightDecay", error.Message, StringComparison.Ordinal);
    }
}
