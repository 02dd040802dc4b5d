using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training.Export;

/// <summary>The whole imagination as one graph: the policy's actions from a state on, and their value.</summary>
/// <remarks>A step computes the same as the graphs of the policy, the imagined step and the heads.</remarks>
internal static class RolloutGraph
{
    /// <summary>The graph.</summary>
    /// <param name="model">The world model.</param>
    /// <param name="behavior">The actor and the critic.</param>
    /// <param name="description">The kind of return that the critic learnt.</param>
    public static ExportedGraph Create(WorldModelNetworks model, ActorCriticNetworks behavior, AgentDescription description)
    {
        TensorManifest[] inputs =
        [
            new(TensorNames.Latent, "float32", [model.Options.LatentSize]),
            new(TensorNames.RolloutActionNoise, "float32", [TensorManifest.Horizon, behavior.Actor.Actions.Size]),
            new(TensorNames.RolloutStochNoise, "float32", [TensorManifest.Horizon, model.Options.StochSize]),
        ];
        return new ExportedGraph(new TracedGraph(GraphNames.Rollout, inputs, x =>
        {
            var start = x[TensorNames.Latent];
            var (_, made) = Traced.Scan([start], [x[TensorNames.RolloutActionNoise], x[TensorNames.RolloutStochNoise]], (states, noise) =>
            {
                var (latent, action) = Step(model, behavior, states[0], noise[0], noise[1]);
                return ([latent], [action, Column(model.Reward.Predict(latent)), Column(model.PredictDiscount(latent)), Column(behavior.Critic.Predict(latent))]);
            });
            var (rewards, discounts, values) = (made[1], made[2], made[3]);
            var worth = description.ValueIncludesReward
                ? Return(Before(model.Reward.Predict(start), rewards), Before(model.PredictDiscount(start), discounts), values, description)
                : Return(rewards, discounts, values, description);
            return
            [
                (TensorNames.RolloutActions, made[0]), (TensorNames.RolloutRewards, rewards), (TensorNames.RolloutDiscounts, discounts),
                (TensorNames.RolloutValues, values), (TensorNames.RolloutReturn, worth),
            ];
        }));
    }

    private static (Traced Latent, Traced Action) Step(
        WorldModelNetworks model, ActorCriticNetworks behavior, Traced latent, Traced actionNoise, Traced stochNoise)
    {
        var actor = behavior.Actor;
        var action = model.ActionScaling.ToEnvironment(actor.Actions.Sample(actor.Forward(latent), actionNoise));
        return (model.Rssm.ImagineStep(latent, model.ActionScaling.ToNetworks(action), stochNoise).Latent, action);
    }

    /// <summary>The lambda-return of the first state; see <see cref="Behavior.Returns.Lambda"/>, of which this is the form for a graph.</summary>
    private static Traced Return(Traced rewards, Traced discounts, Traced nextValues, AgentDescription description)
    {
        var lambda = description.Lambda;
        var (states, _) = Traced.Scan(
            [Column(nextValues.Last(1))],
            [description.RewardScale == 1 ? rewards : rewards * description.RewardScale, discounts, nextValues],
            (far, near) => ([near[0] + near[1] * (near[2] * (float)(1 - lambda) + far[0] * (float)lambda)], []),
            backward: true);
        return states[0].Reshape(-1, 1);
    }

    /// <summary>Shifts a sequence by one state: it begins and ends one state earlier.</summary>
    private static Traced Before(Traced first, Traced sequence) => Traced.Concat(1, first, sequence.WithoutLast(1));

    private static Traced Column(Traced value) => value.Reshape(-1);
}
