using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>What the world model makes of a batch of recorded sequences: every row's posterior state and prior, with gradients.</summary>
/// <param name="Latents">[T * B, latent], stoch first.</param>
/// <param name="Posterior">[T * B, statistics]: what names the posterior of each row.</param>
/// <param name="Prior">[T * B, statistics]: what names the prior of each row.</param>
public sealed record ObservedSequences(Tensor Latents, Tensor Posterior, Tensor Prior)
{
    /// <summary>Carries the posterior state through the sequences, from zeros.</summary>
    /// <param name="networks">The world model.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="noise">What states are sampled with.</param>
    /// <remarks>
    /// Encoder and prior do not wait for the state before: they run once over all rows, and only the recurrent part is a loop.
    /// </remarks>
    public static ObservedSequences Observe(WorldModelNetworks networks, TrainingBatch batch, UniformNoise noise)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(noise);
        var rssm = networks.Rssm;
        var embeddings = ByStep(Embed(networks, batch), batch);
        using var phase = TrainingPhases.Begin(TrainingPhases.Observe);
        var actions = ByStep(networks.ActionScaling.ToNetworks(batch.Action), batch);
        var isFirst = ByStep(batch.IsFirst, batch);
        var noises = noise.Draw(batch.Length, batch.Size, rssm.Latents.Size).unbind(0);

        var latents = new Tensor[batch.Length];
        var posteriors = new Tensor[batch.Length];
        var latent = rssm.Initial(batch.Size, batch.Action.device);
        for (var t = 0; t < batch.Length; t++)
        {
            (latent, var posterior) = rssm.Observe(latent, actions[t], isFirst[t], embeddings[t], noises[t]);
            (latents[t], posteriors[t]) = (latent, posterior);
        }
        var states = cat(latents, 0);
        return new ObservedSequences(states, cat(posteriors, 0), Priors(rssm, rssm.Deter(states), batch, noise));
    }

    private static Tensor Embed(WorldModelNetworks networks, TrainingBatch batch)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Encode);
        return networks.Encoder.Forward(AsTraced(batch.Image), AsTraced(batch.Vector));
    }

    /// <summary>The priors of all rows: at once where there is one, else each step's by a member of the ensemble drawn for that step.</summary>
    private static Tensor Priors(Rssm rssm, Tensor deter, TrainingBatch batch, UniformNoise noise) => rssm.PriorEnsemble == 1
        ? rssm.Prior(deter)
        : cat([.. deter.split(batch.Size, 0).Select(rows => rssm.Prior(rows, noise.Next(rssm.PriorEnsemble)).Value)], 0);

    private static Tensor[] ByStep(Tensor rows, TrainingBatch batch) => rows.view(batch.Length, batch.Size, -1).unbind(0);

    private static Traced? AsTraced(Tensor? tensor) => tensor is null ? default(Traced?) : Traced.FromTensor(tensor);
}
