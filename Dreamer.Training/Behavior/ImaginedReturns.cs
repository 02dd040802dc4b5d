using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>What imagined trajectories are worth, and the only place that aligns states, actions, returns and weights in time.</summary>
/// <param name="Trajectories">H steps from N start states; dimension 0 is the step, step 0 the start.</param>
/// <param name="Options">What a value includes, and from which state on is learned.</param>
/// <param name="Rewards">[H + 1, N]: predicted for arriving in each state, before they are normalized.</param>
/// <param name="Discounts">[H + 1, N]: of each state, the recorded one at the start.</param>
/// <param name="Values">[H + 1, N]: the critic's.</param>
/// <param name="Returns">[H, N]: lambda-returns of the states 0 to H - 1.</param>
/// <remarks>
/// In DreamerV1 and DreamerV2 the value of a state includes the reward of arriving there, so an action is answerable for the return of
/// the NEXT state, and the last action leads to a state without a return. In DreamerV3 a value begins with the next state's reward: an action
/// is answerable for the return of the state it is picked in.
/// </remarks>
internal sealed record ImaginedReturns(
    ImaginedTrajectories Trajectories, BehaviorOptions Options, Tensor Rewards, Tensor Discounts, Tensor Values, Tensor Returns)
{
    private int Horizon => (int)Returns.shape[0];

    private int FirstLearnt => Options.LearnFromStart ? 0 : 1;

    /// <summary>Evaluates trajectories by the heads and the critic; with gradients if they are on and the trajectories have them.</summary>
    /// <param name="worldModel">The world model.</param>
    /// <param name="critic">The critic that values come from.</param>
    /// <param name="imagined">The trajectories.</param>
    /// <param name="startDiscount">[N, 1]: the recorded discount of each start, which replaces the discount head's.</param>
    /// <param name="options">The weight of far against near estimates; whether a value includes its state's reward.</param>
    /// <param name="rewardNorm">Normalizes rewards before returns are computed.</param>
    /// <param name="reward">The reward of every state, [(H + 1) * N]; null for the world model's.</param>
    public static ImaginedReturns Compute(
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
        var first = options.ValueIncludesReward ? 0 : 1;
        var returns = Behavior.Returns.Lambda(
            rewardNorm.Apply(rewards).Value.narrow(0, first, steps - 1), values, discounts.narrow(0, first, steps - 1), options.Lambda);
        return new ImaginedReturns(imagined, options, rewards, discounts, values, returns);

        Tensor ByStep(Tensor rows) => rows.view(steps, count);
    }

    /// <summary>The steps that the actor learns from.</summary>
    public ActorRows ForActor()
    {
        var next = Options.ValueIncludesReward ? 1 : 0;
        var count = Horizon - next;
        return new ActorRows(
            Rows(Trajectories.Policies, 0, count),
            Rows(Trajectories.Actions, 0, count),
            Rows(Returns, next, count),
            Rows(Values, 0, count),
            Weights(count));
    }

    /// <summary>The states that the critic learns from.</summary>
    public CriticRows ForCritic()
    {
        var count = Horizon - FirstLearnt;
        return new CriticRows(
            Rows(Trajectories.Latents, FirstLearnt, count).Detach(), Rows(Returns.unsqueeze(2), FirstLearnt, count).Detach(), Weights(count));
    }

    /// <summary>The products of the discounts before each state, and of its own if its value begins after it: [count * N].</summary>
    private Traced Weights(int count)
    {
        var discounts = Discounts.detach();
        return (Options.ValueIncludesReward
            ? Behavior.Returns.Weights(discounts.narrow(0, FirstLearnt, count - 1))
            : discounts.narrow(0, FirstLearnt, count).cumprod(0)).flatten();
    }

    /// <summary>Some steps of [H, N, ...] as rows.</summary>
    private static Traced Rows(Tensor steps, int first, int count) => steps.narrow(0, first, count).flatten(0, 1);
}
