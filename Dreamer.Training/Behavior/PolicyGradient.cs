using Dreamer.Training.Distributions;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>The actor's loss by REINFORCE.</summary>
public static class PolicyGradient
{
    /// <summary>
    /// -mean_i( weight_i * ( log pi(a_{i+1} | s_i) * (t_{i+1} - v_i) + entropy_scale * H(pi(. | s_i)) ) ) for i from 0 to H - 2
    /// (danijar/dreamerv2, agent.py, actor_loss).
    /// </summary>
    /// <param name="actions">The distribution of the action.</param>
    /// <param name="policy">[(H-1) * N, statistics], the policy in s_0 to s_{H-2}, with gradient.</param>
    /// <param name="picked">[(H-1) * N, action], the action picked in each: a_{i+1}, which leads to s_{i+1}.</param>
    /// <param name="returns">[(H-1) * N]: t_1 to t_{H-1}.</param>
    /// <param name="baselines">[(H-1) * N]: the target critic's v_0 to v_{H-2}.</param>
    /// <param name="weights">[(H-1) * N]: weight_0 to weight_{H-2}.</param>
    /// <param name="entropyScale">The weight of the entropy.</param>
    /// <returns>The loss, and the mean entropy without gradient: scalars.</returns>
    /// <remarks>
    /// A state's return counts the reward of arriving in it, which its action cannot change: what action a_{i+1} is answerable for is
    /// t_{i+1}, while v_i, which contains r_i, only lowers the variance. The indices differ on purpose.
    /// </remarks>
    public static (Tensor Loss, Tensor Entropy) Reinforce(
        IDistribution actions, Tensor policy, Tensor picked, Tensor returns, Tensor baselines, Tensor weights, double entropyScale)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(returns);
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentNullException.ThrowIfNull(weights);
        var advantage = (returns - baselines).detach();
        var logProbability = actions.LogProbability(policy, picked).Value.flatten();
        var entropy = actions.Entropy(policy).Value.flatten();
        var objective = (logProbability * advantage).Plus(entropy.Times(entropyScale));
        return (-(weights.detach() * objective).mean(), entropy.detach().mean());
    }
}
