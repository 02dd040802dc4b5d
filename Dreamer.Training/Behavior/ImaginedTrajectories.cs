using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>What the policy does in imagination, and where that leads.</summary>
/// <param name="Latents">[H + 1, N, latent]: the start states, then what each action led to.</param>
/// <param name="Actions">[H, N, action]: number i is picked in state i and leads to state i + 1; continuous ones are in [-1, 1].</param>
/// <param name="Policies">[H, N, statistics]: number i is the policy in state i, where gradients lead to the actor and no further.</param>
public sealed record ImaginedTrajectories(Tensor Latents, Tensor Actions, Tensor Policies)
{
    /// <summary>Imagines from every start state.</summary>
    /// <param name="worldModel">The world model.</param>
    /// <param name="actor">The policy.</param>
    /// <param name="start">[N, latent].</param>
    /// <param name="horizon">How many steps (H).</param>
    /// <param name="noise">What states and actions are sampled with.</param>
    /// <param name="differentiable">
    /// Whether gradients lead from states to the actions before them, and from actions to the policy (never from the policy to the
    /// state it was asked in). REINFORCE needs none but those of the policy.
    /// </param>
    public static ImaginedTrajectories Imagine(
        WorldModelNetworks worldModel, Actor actor, Tensor start, int horizon, UniformNoise noise, bool differentiable = false)
    {
        ArgumentNullException.ThrowIfNull(worldModel);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(differentiable);
        var count = start.shape[0];
        var actionNoise = noise.Draw(horizon, count, actor.Actions.Size).unbind(0);
        var stateNoise = noise.Draw(horizon, count, worldModel.Rssm.Latents.Size).unbind(0);
        var latents = new Tensor[horizon + 1];
        var actions = new Tensor[horizon];
        var policies = new Tensor[horizon];
        latents[0] = start;
        for (var i = 0; i < horizon; i++)
        {
            var prior = noise.Next(worldModel.Rssm.PriorEnsemble);
            using (enable_grad())
            {
                policies[i] = actor.Forward(latents[i].detach());
            }
            actions[i] = actor.Actions.Sample(policies[i], actionNoise[i]);
            latents[i + 1] = worldModel.Rssm.Imagine(latents[i], actions[i], stateNoise[i], prior).Latent;
        }
        return new ImaginedTrajectories(Join(latents), Join(actions), Join(policies));

        Tensor Join(Tensor[] steps)
        {
            using var joined = set_grad_enabled(true);
            return stack(steps, 0).MoveToOuterDisposeScope();
        }
    }
}
