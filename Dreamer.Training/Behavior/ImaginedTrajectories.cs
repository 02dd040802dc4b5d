using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>What the policy does in imagination, and where that leads.</summary>
/// <param name="Latents">[H + 1, N, latent]: the start states, then what each action leads to.</param>
/// <param name="Actions">[H, N, action]: action i is picked in state i and leads to state i + 1; continuous ones are in [-1, 1].</param>
/// <param name="Policies">[H, N, statistics]: the policy in state i; its gradient leads to the actor and no further.</param>
internal sealed record ImaginedTrajectories(Tensor Latents, Tensor Actions, Tensor Policies)
{
    /// <summary>Imagines from every start state.</summary>
    /// <param name="worldModel">The world model.</param>
    /// <param name="actor">The policy.</param>
    /// <param name="start">[N, latent].</param>
    /// <param name="horizon">How many steps (H).</param>
    /// <param name="noise">The noise that states and actions are sampled with.</param>
    /// <param name="differentiable">
    /// Whether gradients lead from states to the actions before them, and from actions to the policy (never from the policy to the
    /// state it was asked in). REINFORCE needs only those of the policy.
    /// </param>
    public static ImaginedTrajectories Imagine(
        WorldModelNetworks worldModel, Actor actor, Tensor start, int horizon, UniformNoise noise, bool differentiable = false)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(differentiable);
        var actionNoise = noise.Draw(horizon, start.shape[0], actor.Actions.Size).unbind(0);
        var (actions, policies) = (new List<Tensor>(horizon), new List<Tensor>(horizon));
        var latents = worldModel.Rssm.Imagine(start, Act, horizon, noise);
        return new ImaginedTrajectories(Join(latents), Join(actions), Join(policies));

        Traced Act(Tensor latent)
        {
            using (enable_grad())
            {
                policies.Add(actor.Forward(latent.detach()));
            }
            actions.Add(actor.Actions.Sample(policies[^1], actionNoise[actions.Count]));
            return actions[^1];
        }

        static Tensor Join(IEnumerable<Tensor> steps)
        {
            using var joined = set_grad_enabled(true);
            return stack(steps, 0).MoveToOuterDisposeScope();
        }
    }
}
