using Dreamer.Training.Networks;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>What imagined trajectories are worth; dimension 0 is the step, number 0 is the start.</summary>
/// <param name="Rewards">[H + 1, N]: predicted for arriving in each state, before they are normalized.</param>
/// <param name="Discounts">[H, N].</param>
/// <param name="Values">[H + 1, N]: the target critic's.</param>
/// <param name="Returns">[H, N]: lambda-returns.</param>
/// <param name="Weights">[H + 1, N]: how likely each step is reached at all; without gradient.</param>
internal sealed record ImaginedReturns(Tensor Rewards, Tensor Discounts, Tensor Values, Tensor Returns, Tensor Weights)
{
    /// <summary>Asks the heads and the target critic; with gradients where they are on and the trajectories have them.</summary>
    /// <param name="worldModel">The world model.</param>
    /// <param name="targetCritic">The critic that values come from.</param>
    /// <param name="imagined">The trajectories.</param>
    /// <param name="startDiscount">[N, 1]: the recorded discount of each start, in place of the predicted one where a head predicts it.</param>
    /// <param name="lambda">The weight of far against near estimates.</param>
    /// <param name="rewardNorm">What is done to rewards before returns are taken of them.</param>
    /// <param name="reward">The reward of every state, [(H + 1) * N]; null for what the world model's head says.</param>
    public static ImaginedReturns Of(
        WorldModelNetworks worldModel,
        MlpHead targetCritic,
        ImaginedTrajectories imagined,
        Tensor startDiscount,
        double lambda,
        RewardNorm rewardNorm,
        Func<ImaginedTrajectories, Tensor>? reward = null)
    {
        var (steps, count) = (imagined.Latents.shape[0], imagined.Latents.shape[1]);
        var states = imagined.Latents.flatten(0, 1);
        var rewards = ByStep(reward is null ? worldModel.Reward.Forward(states) : reward(imagined));
        var predicted = ByStep(worldModel.PredictDiscount(states));
        var discounts = worldModel.Discount is null
            ? predicted.narrow(0, 0, steps - 1)
            : cat([startDiscount.view(1, count), predicted.narrow(0, 1, steps - 2)], 0);
        var values = ByStep(targetCritic.Forward(states));
        var returns = Behavior.Returns.Lambda(rewardNorm.Apply(rewards).narrow(0, 0, steps - 1), values, discounts, lambda);
        return new ImaginedReturns(rewards, discounts, values, returns, Behavior.Returns.Weights(discounts.detach()));

        Tensor ByStep(Tensor rows) => rows.view(steps, count);
    }
}
