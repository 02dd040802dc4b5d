using Dreamer.Training.Behavior;
using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
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
        Assert.Equal(-0.5 * (-Math.Log(2) * 2 + 0.1 * Math.Log(2)), loss.Value.item<float>(), 5);
        Assert.Equal(Math.Log(2), entropy.Value.item<float>(), 5);
        loss.Value.backward();
        // d log pi(0) / d logits = (1/2, -1/2); the entropy is at its maximum.
        Assert.Equal(-0.5, logits.grad![0, 0].item<float>(), 5);
        Assert.Equal(0.5, logits.grad![0, 1].item<float>(), 5);
    }

    [Fact]
    public void Without_advantage_only_the_entropy_pulls()
    {
        using var scope = NewDisposeScope();
        var logits = new Parameter(tensor(new[,] { { 2f, 0f } }));
        Loss(logits, tensor(new[,] { { 1f, 0f } }), 1, 1, 1, 0.1).Loss.Value.backward();
        Assert.True(logits.grad![0, 0].item<float>() > 0, "the likelier action is pushed down");
    }

    [Fact]
    public void No_gradient_reaches_returns_or_baselines()
    {
        using var scope = NewDisposeScope();
        Parameter logits = new(zeros(1, 2)), returns = new(ones(1)), baselines = new(zeros(1));
        var rows = Rows(logits, tensor(new[,] { { 1f, 0f } }), returns, baselines, ones(1));
        PolicyGradient.Loss(TwoActions, rows, PolicyGradient.Reinforce(TwoActions, rows), 0.1).Loss.Value.backward();
        Assert.NotNull(logits.grad);
        Assert.Null(returns.grad);
        Assert.Null(baselines.grad);
    }

    [Fact]
    public void Dynamics_backpropagation_climbs_the_returns()
    {
        // -(0.5 * (3 + 0.1 ln 2)); d/d return = -0.5.
        using var scope = NewDisposeScope();
        var returns = new Parameter(full(1, 3f));
        var rows = Rows(zeros(1, 2), tensor(new[,] { { 1f, 0f } }), returns, zeros(1), full(1, 0.5f));
        var (loss, _) = PolicyGradient.Loss(TwoActions, rows, rows.Returns, 0.1);
        loss.Value.backward();
        Assert.Equal(-0.5 * (3 + 0.1 * Math.Log(2)), loss.Value.item<float>(), 5);
        Assert.Equal(-0.5, returns.grad!.item<float>(), 5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(1)]
    public void Both_mixes_the_two(double mix)
    {
        using var scope = NewDisposeScope();
        Parameter logits = new(zeros(1, 2)), returns = new(full(1, 3f)), picked = new(tensor(new[,] { { 1f, 0f } }));
        var rows = Rows(logits, picked, returns, full(1, 1f), ones(1));
        var (loss, _) = PolicyGradient.Loss(TwoActions, rows, PolicyGradient.Mixed(TwoActions, rows, mix), 0);
        loss.Value.backward();
        Assert.Equal(-(mix * 3 + (1 - mix) * -Math.Log(2) * 2), loss.Value.item<float>(), 5);
        Assert.Equal(-mix, returns.grad!.item<float>(), 5);
        // The gradient through the picked action is log pi times the advantage.
        Assert.Equal((1 - mix) * Math.Log(2) * 2, picked.grad![0, 0].item<float>(), 5);
        Assert.Equal((1 - mix) * -1, logits.grad![0, 0].item<float>(), 5);
    }

    [Fact]
    public void The_gradient_of_a_continuous_action_s_likelihood_is_known()
    {
        // d log N / d mean = (a - mean) / std^2, from a policy far inside its cuts.
        using var scope = NewDisposeScope();
        var gaussian = new DiagonalGaussian(1, new StandardDeviation());
        var policy = new Parameter(tensor(new[,] { { 0.1f, 0.5f } }));
        var rows = Rows(policy, tensor(new[,] { { 0.3f } }), full(1, 3f), full(1, 1f), ones(1));
        PolicyGradient.Loss(gaussian, rows, PolicyGradient.Reinforce(gaussian, rows), 0).Loss.Value.backward();
        Assert.Equal(-2 * 0.2 / 0.25, policy.grad![0, 0].item<float>(), 5);
    }

    private static (Traced Loss, Traced Entropy) Loss(Parameter logits, Tensor picked, float gain, float baseline, float weight, double entropyScale)
    {
        var rows = Rows(logits, picked, full(1, gain), full(1, baseline), full(1, weight));
        return PolicyGradient.Loss(TwoActions, rows, PolicyGradient.Reinforce(TwoActions, rows), entropyScale);
    }

    private static ActorRows Rows(Tensor policies, Tensor actions, Tensor returns, Tensor baselines, Tensor weights) =>
        new(policies, actions, returns, baselines, weights);
}
