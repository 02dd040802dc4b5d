using Dreamer.Training.Behavior;
using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Dreamer.Training.Tests.Behavior;

public class PolicyGradientTests
{
    private static readonly OneHotCategorical TwoActions = new(1, 2);

    [Fact]
    public void Value_and_gradient_are_known()
    {
        // pi = (1/2, 1/2), the first action picked; advantage 3 - 1 = 2, weight 0.5, entropy ln 2 weighted by 0.1.
        using var scope = NewDisposeScope();
        var logits = new Parameter(zeros(1, 2));
        var (loss, entropy) = Loss(logits, tensor(new[,] { { 1f, 0f } }), 3, 1, 0.5f, 0.1);
        Assert.Equal(-0.5 * (-Math.Log(2) * 2 + 0.1 * Math.Log(2)), loss.item<float>(), 5);
        Assert.Equal(Math.Log(2), entropy.item<float>(), 5);
        loss.backward();
        // d log pi(0) / d logits = (1/2, -1/2); the entropy is at its maximum.
        Assert.Equal(-0.5, logits.grad![0, 0].item<float>(), 5);
        Assert.Equal(0.5, logits.grad![0, 1].item<float>(), 5);
    }

    [Fact]
    public void Without_advantage_only_the_entropy_pulls()
    {
        using var scope = NewDisposeScope();
        var logits = new Parameter(tensor(new[,] { { 2f, 0f } }));
        Loss(logits, tensor(new[,] { { 1f, 0f } }), 1, 1, 1, 0.1).Loss.backward();
        Assert.True(logits.grad![0, 0].item<float>() > 0, "the likelier action is pushed down");
    }

    [Fact]
    public void No_gradient_reaches_returns_baselines_or_weights()
    {
        using var scope = NewDisposeScope();
        Parameter logits = new(zeros(1, 2)), returns = new(ones(1)), baselines = new(zeros(1)), weights = new(ones(1));
        PolicyGradient.Reinforce(TwoActions, logits, tensor(new[,] { { 1f, 0f } }), returns, baselines, weights, 0.1).Loss.backward();
        Assert.NotNull(logits.grad);
        Assert.Null(returns.grad);
        Assert.Null(baselines.grad);
        Assert.Null(weights.grad);
    }

    private static (Tensor Loss, Tensor Entropy) Loss(Parameter logits, Tensor picked, float gain, float baseline, float weight, double entropyScale) =>
        PolicyGradient.Reinforce(
            TwoActions, logits, picked, tensor(new[] { gain }), tensor(new[] { baseline }), tensor(new[] { weight }), entropyScale);
}
