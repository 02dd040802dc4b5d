using Dreamer.Training.Exploration;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Exploration;

public sealed class DisagreementEnsembleTests
{
    private const int Outputs = 4;

    [Fact]
    public void Disagreement_is_the_mean_over_outputs_of_the_population_deviation_over_heads()
    {
        using var scope = NewDisposeScope();
        using var ensemble = Saying(head => [head, 0, 2 * head, 5]);
        // 0 to 9 deviate from their mean by sqrt(8.25) = 2.8722813 (the sample form would say 3.0276504); the outputs by 1, 0, 2 and 0 of that.
        TensorAssert.Close(full(3, 2.8722813f * 3 / Outputs), ensemble.Disagreement(randn(3, 6)), 1e-5);
    }

    [Fact]
    public void Loss_is_the_sum_over_heads_of_the_mean_negative_log_likelihood()
    {
        using var scope = NewDisposeScope();
        using var ensemble = Saying(_ => [1, 0, 0, 0]);
        var targets = tensor(new float[,] { { 1, 0, 0, 0 }, { 0, 0, 0, 2 } });
        // A row costs 4 * 0.9189385 and half its squared distance: 0, and (1 + 4) / 2. The mean of two, ten times.
        Assert.Equal(10 * (4 * 0.9189385 + 2.5 / 2), ensemble.Loss(randn(2, 6), targets).item<float>(), 1e-4);
    }

    [Fact]
    public void Heads_start_differently_and_have_the_references_sizes()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var ensemble = new DisagreementEnsemble(6, Outputs, new ExplorationOptions());
        // 10 heads of four layers of 400 and an output layer.
        Assert.Equal(10 * ((6 * 400 + 400) + 3 * (400 * 400 + 400) + (400 * Outputs + Outputs)), ensemble.ParameterCount);
        Assert.True(ensemble.Disagreement(randn(5, 6)).min().item<float>() > 0.01);
    }

    /// <summary>Ten heads that say the same whatever they are asked.</summary>
    private static DisagreementEnsemble Saying(Func<int, float[]> outputs)
    {
        var ensemble = new DisagreementEnsemble(6, Outputs, new ExplorationOptions { HeadUnits = 5, HeadLayers = 1 });
        using var noGradient = no_grad();
        foreach (var (name, parameter) in ensemble.named_parameters())
        {
            parameter.zero_();
            if (name.Contains("out.", StringComparison.Ordinal) && name.EndsWith("bias", StringComparison.Ordinal))
            {
                using var values = tensor(outputs(int.Parse(name.Split('.')[1])));
                parameter.copy_(values);
            }
        }
        return ensemble;
    }
}
