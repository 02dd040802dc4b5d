using Dreamer.Training.Distributions;
using Dreamer.Training.Native;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>The actor's losses: by REINFORCE, by the gradient of the imagined returns themselves, or by both.</summary>
/// <remarks>
/// All are -mean_i( weight_i * ( objective_i + entropy_scale * H(pi(. | s_i)) ) ) for i from 0 to H - 2 (danijar/dreamerv2, agent.py,
/// actor_loss). A state's return counts the reward of arriving in it, which its action cannot change: what action a_{i+1} is
/// answerable for is t_{i+1}, while v_i, which contains r_i, only lowers the variance. The indices differ on purpose. All return the
/// loss, and the mean entropy without gradient: scalars.
/// </remarks>
public static class PolicyGradient
{
    /// <summary>By REINFORCE: the objective is log pi(a_{i+1} | s_i) * (t_{i+1} - v_i).</summary>
    /// <param name="actions">The distribution of the action.</param>
    /// <param name="policy">[(H-1) * N, statistics], the policy in s_0 to s_{H-2}, with gradient.</param>
    /// <param name="picked">[(H-1) * N, action], the action picked in each: a_{i+1}, which leads to s_{i+1}.</param>
    /// <param name="returns">[(H-1) * N]: t_1 to t_{H-1}.</param>
    /// <param name="baselines">[(H-1) * N]: the target critic's v_0 to v_{H-2}.</param>
    /// <param name="weights">[(H-1) * N]: weight_0 to weight_{H-2}.</param>
    /// <param name="entropyScale">The weight of the entropy.</param>
    public static (Tensor Loss, Tensor Entropy) Reinforce(
        IDistribution actions, Tensor policy, Tensor picked, Tensor returns, Tensor baselines, Tensor weights, double entropyScale)
    {
        ArgumentNullException.ThrowIfNull(picked);
        return Loss(actions, policy, Likelihood(actions, policy, picked.detach(), returns, baselines), weights, entropyScale);
    }

    /// <summary>By dynamics backpropagation: the objective is t_{i+1} itself, whose gradient leads through states into actions.</summary>
    /// <param name="actions">The distribution of the action.</param>
    /// <param name="policy">[(H-1) * N, statistics], the policy in s_0 to s_{H-2}, with gradient.</param>
    /// <param name="returns">[(H-1) * N]: t_1 to t_{H-1}, with gradient.</param>
    /// <param name="weights">[(H-1) * N]: weight_0 to weight_{H-2}.</param>
    /// <param name="entropyScale">The weight of the entropy.</param>
    public static (Tensor Loss, Tensor Entropy) Dynamics(
        IDistribution actions, Tensor policy, Tensor returns, Tensor weights, double entropyScale)
    {
        ArgumentNullException.ThrowIfNull(returns);
        return Loss(actions, policy, returns, weights, entropyScale);
    }

    /// <summary>By both: the objective is mix * dynamics + (1 - mix) * REINFORCE, here with a gradient through the picked action as well.</summary>
    /// <param name="actions">The distribution of the action.</param>
    /// <param name="policy">[(H-1) * N, statistics], the policy in s_0 to s_{H-2}, with gradient.</param>
    /// <param name="picked">[(H-1) * N, action], the action picked in each: a_{i+1}, which leads to s_{i+1}; with gradient.</param>
    /// <param name="returns">[(H-1) * N]: t_1 to t_{H-1}, with gradient.</param>
    /// <param name="baselines">[(H-1) * N]: the target critic's v_0 to v_{H-2}.</param>
    /// <param name="weights">[(H-1) * N]: weight_0 to weight_{H-2}.</param>
    /// <param name="entropyScale">The weight of the entropy.</param>
    /// <param name="mix">The part of dynamics backpropagation, from 0 to 1.</param>
    public static (Tensor Loss, Tensor Entropy) Both(
        IDistribution actions,
        Tensor policy,
        Tensor picked,
        Tensor returns,
        Tensor baselines,
        Tensor weights,
        double entropyScale,
        double mix)
    {
        ArgumentNullException.ThrowIfNull(picked);
        var likelihood = Likelihood(actions, policy, picked, returns, baselines);
        return Loss(actions, policy, returns.ScaledBy(mix).Plus(likelihood.ScaledBy(1 - mix)), weights, entropyScale);
    }

    private static Tensor Likelihood(IDistribution actions, Tensor policy, Tensor picked, Tensor returns, Tensor baselines)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(returns);
        ArgumentNullException.ThrowIfNull(baselines);
        return actions.LogProbability(policy, picked).Value.flatten() * (returns - baselines).detach();
    }

    private static (Tensor Loss, Tensor Entropy) Loss(
        IDistribution actions, Tensor policy, Tensor objective, Tensor weights, double entropyScale)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(weights);
        var entropy = actions.Entropy(policy).Value.flatten();
        return (-(weights.detach() * objective.Plus(entropy.ScaledBy(entropyScale))).mean(), entropy.detach().mean());
    }
}
