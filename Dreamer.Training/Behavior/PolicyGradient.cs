using Dreamer.Training.Distributions;
using Dreamer.Training.Tracing;

namespace Dreamer.Training.Behavior;

/// <summary>The actor's objectives and its loss (danijar/dreamerv2, agent.py, actor_loss).</summary>
internal static class PolicyGradient
{
    /// <summary>REINFORCE: log pi(a | s) * sg(return - baseline), where sg stops the gradient.</summary>
    /// <param name="actions">The distribution of the action.</param>
    /// <param name="rows">The imagined steps; a gradient leads through their actions if these have one.</param>
    /// <returns>[rows].</returns>
    public static Traced Reinforce(IDistribution actions, ActorRows rows) =>
        actions.LogProbability(rows.Policies, rows.Actions).Flatten() * (rows.Returns - rows.Baselines).Detach();

    /// <summary>REINFORCE and dynamics backpropagation, whose objective is the return itself: mix * return + (1 - mix) * REINFORCE.</summary>
    /// <param name="actions">The distribution of the action.</param>
    /// <param name="rows">The imagined steps.</param>
    /// <param name="mix">The share of dynamics backpropagation, from 0 to 1.</param>
    /// <returns>[rows].</returns>
    public static Traced Mixed(IDistribution actions, ActorRows rows, double mix) =>
        mix * rows.Returns + (1 - mix) * Reinforce(actions, rows);

    /// <summary>The loss: -mean(weight * (objective + entropy_scale * H(pi(. | s)))).</summary>
    /// <param name="actions">The distribution of the action.</param>
    /// <param name="rows">The imagined steps.</param>
    /// <param name="objective">[rows], what is to become larger.</param>
    /// <param name="entropyScale">The weight of the entropy.</param>
    /// <returns>The loss, and the mean entropy without gradient: scalars.</returns>
    public static (Traced Loss, Traced Entropy) Loss(IDistribution actions, ActorRows rows, Traced objective, double entropyScale)
    {
        var entropy = actions.Entropy(rows.Policies).Flatten();
        return (-(rows.Weights * (objective + entropyScale * entropy)).Mean(), entropy.Detach().Mean());
    }
}
