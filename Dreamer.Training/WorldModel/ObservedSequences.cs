using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>What the world model makes of a batch of recorded sequences: every row's posterior state and prior, with gradients.</summary>
/// <param name="Latents">[T * B, latent], stoch first.</param>
/// <param name="PosteriorLogits">[T * B, stoch].</param>
/// <param name="PriorLogits">[T * B, stoch].</param>
public sealed record ObservedSequences(Tensor Latents, Tensor PosteriorLogits, Tensor PriorLogits)
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
        Tensor embedding = networks.Encoder.Forward(AsTraced(batch.Image), AsTraced(batch.Vector));
        var embeddings = ByStep(embedding, batch);
        var actions = ByStep(batch.Action, batch);
        var isFirst = ByStep(batch.IsFirst, batch);
        var noises = noise.Draw(batch.Length, batch.Size, rssm.Latents.Size).unbind(0);

        var latents = new Tensor[batch.Length];
        var logits = new Tensor[batch.Length];
        var latent = rssm.Initial(batch.Size, batch.Action.device);
        for (var t = 0; t < batch.Length; t++)
        {
            (latent, var posterior) = rssm.Observe(latent, actions[t], isFirst[t], embeddings[t], noises[t]);
            (latents[t], logits[t]) = (latent, posterior);
        }
        var states = cat(latents, 0);
        return new ObservedSequences(states, cat(logits, 0), rssm.Prior(rssm.Deter(states)));
    }

    private static Tensor[] ByStep(Tensor rows, TrainingBatch batch) => rows.view(batch.Length, batch.Size, -1).unbind(0);

    private static Traced? AsTraced(Tensor? tensor) => tensor is null ? default(Traced?) : Traced.FromTensor(tensor);
}
