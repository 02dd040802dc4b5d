using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>What imagined trajectories are worth; dimension 0 is the step, number 0 is the start.</summary>
/// <param name="Rewards">[H + 1, N]: predicted for arriving in each state, before they are normalized.</param>
/// <param name="Discounts">[H + 1, N]: of each state, the recorded one at the start.</param>
/// <param name="Values">[H + 1, N]: the critic's.</param>
/// <param name="Returns">[H, N]: lambda-returns of the states 0 to H - 1.</param>
internal sealed record ImaginedReturns(Tensor Rewards, Tensor Discounts, Tensor Values, Tensor Returns)
{
    /// <summary>Asks the heads and the target critic; with gradients where they are on and the trajectories have them.</summary>
    /// <param name="worldModel">The world model.</param>
    /// <param name="critic">The critic that values come from.</param>
    /// <param name="imagined">The trajectories.</param>
    /// <param name="startDiscount">[N, 1]: the recorded discount of each start, in place of the predicted one where a head predicts it.</param>
    /// <param name="options">The weight of far against near estimates; whether a state's own reward is part of its value.</param>
    /// <param name="rewardNorm">What is done to rewards before returns are taken of them.</param>
    /// <param name="reward">The reward of every state, [(H + 1) * N]; null for what the world model's head says.</param>
    public static ImaginedReturns Of(
        WorldModelNetworks worldModel,
        ScalarHead critic,
        ImaginedTrajectories imagined,
        Tensor startDiscount,
        BehaviorOptions options,
        RewardNorm rewardNorm,
        Func<ImaginedTrajectories, Tensor>? reward = null)
    {
        var (steps, count) = (imagined.Latents.shape[0], imagined.Latents.shape[1]);
        var states = imagined.Latents.flatten(0, 1);
        var rewards = ByStep(reward is null ? worldModel.Reward.Predict(states) : reward(imagined));
        var predicted = ByStep(worldModel.PredictDiscount(states));
        var discounts = worldModel.Discount is null
            ? predicted
            : cat([startDiscount.view(1, count), predicted.narrow(0, 1, steps - 1)], 0);
        var values = ByStep(critic.Predict(states));
        // Where a value begins with the next state's reward, so does the return: everything but the values moves on by one.
        var first = options.ValueIncludesReward ? 0 : 1;
        var returns = Behavior.Returns.Lambda(
            rewardNorm.Apply(rewards).narrow(0, first, steps - 1), values, discounts.narrow(0, first, steps - 1), options.Lambda);
        return new ImaginedReturns(rewards, discounts, values, returns);

        Tensor ByStep(Tensor rows) => rows.view(steps, count);
    }
}
