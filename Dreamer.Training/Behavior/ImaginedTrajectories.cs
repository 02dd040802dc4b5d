using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>What the policy does in imagination, and where that leads; without gradients.</summary>
/// <param name="Latents">[H + 1, N, latent]: the start states, then what each action led to.</param>
/// <param name="Actions">[H, N, action]: number i is picked in state i and leads to state i + 1.</param>
public sealed record ImaginedTrajectories(Tensor Latents, Tensor Actions)
{
    /// <summary>Imagines from every start state.</summary>
    /// <param name="worldModel">The world model.</param>
    /// <param name="actor">The policy.</param>
    /// <param name="start">[N, latent].</param>
    /// <param name="horizon">How many steps (H).</param>
    /// <param name="noise">What states and actions are sampled with.</param>
    /// <remarks>
    /// REINFORCE needs no gradient through the dynamics; the policy's is taken afterwards, in one pass over all states.
    /// </remarks>
    public static ImaginedTrajectories Imagine(WorldModelNetworks worldModel, Actor actor, Tensor start, int horizon, UniformNoise noise)
    {
        ArgumentNullException.ThrowIfNull(worldModel);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var count = start.shape[0];
        var actionNoise = noise.Draw(horizon, count, actor.Actions.Size).unbind(0);
        var stateNoise = noise.Draw(horizon, count, worldModel.Rssm.Latents.Size).unbind(0);
        var latents = new Tensor[horizon + 1];
        var actions = new Tensor[horizon];
        latents[0] = start;
        for (var i = 0; i < horizon; i++)
        {
            actions[i] = actor.Actions.Sample(actor.Forward(latents[i]), actionNoise[i]);
            latents[i + 1] = worldModel.Rssm.Imagine(latents[i], actions[i], stateNoise[i], noise.Next(worldModel.Rssm.PriorEnsemble)).Latent;
        }
        return new ImaginedTrajectories(stack(latents, 0).MoveToOuterDisposeScope(), stack(actions, 0).MoveToOuterDisposeScope());
    }
}
