using Dreamer.Training.Distributions;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <content>Whole sequences, in training: observe, imagine, loss.</content>
internal sealed partial class Rssm
{
    /// <summary>Carries the posterior state through recorded sequences, from zeros.</summary>
    /// <param name="embeddings">[T * B, embedding] of the observations, time-major.</param>
    /// <param name="actions">[T * B, action]: the action that led to each row.</param>
    /// <param name="isFirst">[T * B, 1]: 1 where an episode starts.</param>
    /// <param name="length">Rows in a sequence (T).</param>
    /// <param name="noise">The noise that states are sampled with.</param>
    /// <remarks>The prior does not depend on the row before, so it runs once over all rows; only the recurrent part is a loop.</remarks>
    public ObservedSequences Observe(Traced embeddings, Traced actions, Traced isFirst, int length, UniformNoise noise)
    {
        var (embedding, action, first) = (ByStep(embeddings), ByStep(actions), ByStep(isFirst));
        var size = first[0].shape[0];
        var noises = noise.Draw(length, size, Latents.Size).unbind(0);
        var (latents, posteriors) = (new Tensor[length], new Tensor[length]);
        var latent = Initial(size, first[0].device);
        for (var t = 0; t < length; t++)
        {
            (latent, var posterior) = ObserveStep(latent, action[t], first[t], embedding[t], noises[t]);
            (latents[t], posteriors[t]) = (latent, posterior);
        }
        var states = cat(latents, 0);
        return new ObservedSequences(states, cat(posteriors, 0), Priors(Deter(states), size, noise));

        Tensor[] ByStep(Tensor rows) => rows.view(length, rows.shape[0] / length, -1).unbind(0);
    }

    /// <summary>Imagines what a policy does, and where that leads.</summary>
    /// <param name="start">[N, latent].</param>
    /// <param name="policy">The action [N, action] that is picked in a state [N, latent].</param>
    /// <param name="horizon">How many steps (H).</param>
    /// <param name="noise">The noise that states are sampled with.</param>
    /// <returns>H + 1 states of [N, latent]: the start, then what each action leads to.</returns>
    public Tensor[] Imagine(Tensor start, Func<Tensor, Traced> policy, int horizon, UniformNoise noise)
    {
        var noises = noise.Draw(horizon, start.shape[0], Latents.Size).unbind(0);
        var latents = new Tensor[horizon + 1];
        latents[0] = start;
        for (var t = 0; t < horizon; t++)
        {
            latents[t + 1] = ImagineStep(latents[t], policy(latents[t]), noises[t], noise.Next(PriorEnsemble)).Latent;
        }
        return latents;
    }

    /// <summary>
    /// The KL loss: balance * KL(sg(posterior) || prior) + (1 - balance) * KL(posterior || sg(prior)), where sg stops the gradient, so that
    /// one term trains the prior and the other the posterior. Each is a mean over the rows with free nats applied. At a balance of exactly
    /// 0.5 it is mean(max(KL(posterior || prior), free)), whose gradients are not halved. <see cref="WorldModelOptions.KlForward"/> swaps
    /// the two in the divergence (danijar/dreamerv2, nets.py, kl_loss). Without <see cref="WorldModelOptions.KlBalanced"/> it is
    /// max(mean KL(posterior || prior), free), DreamerV1's (danijar/dreamer, dreamer.py).
    /// </summary>
    /// <param name="latents">The distribution of the stochastic state.</param>
    /// <param name="posterior">[rows, statistics].</param>
    /// <param name="prior">[rows, statistics].</param>
    /// <param name="options">Balance and free nats.</param>
    /// <returns>The loss, a scalar, and the divergence of each row, [rows], without gradient.</returns>
    public static (Traced Loss, Traced Kl) Loss(ILatentDistribution latents, Traced posterior, Traced prior, WorldModelOptions options)
    {
        if (!options.KlBalanced || options.KlBalance == 0.5)
        {
            var plain = Kl(posterior, prior);
            return (options.KlBalanced ? plain.AtLeast(options.FreeNats).Mean() : plain.Mean().AtLeast(options.FreeNats), plain.Detach().Flatten());
        }
        var trainsPosterior = Kl(posterior, prior.Detach());
        var trainsPrior = Kl(posterior.Detach(), prior);
        return (options.KlBalance * Free(trainsPrior) + (1 - options.KlBalance) * Free(trainsPosterior), trainsPosterior.Detach().Flatten());

        Traced Kl(Traced post, Traced prior) => options.KlForward ? latents.Kl(prior, post) : latents.Kl(post, prior);

        // A KL is never below 0: without free nats there is nothing to bound.
        Traced Free(Traced kl) => options.FreeNats == 0 ? kl.Mean()
            : options.FreeAverage ? kl.Mean().AtLeast(options.FreeNats)
            : kl.AtLeast(options.FreeNats).Mean();
    }

    /// <summary>The priors of all rows: at once if there is one prior, else each step's by a member of the ensemble drawn for that step.</summary>
    private Tensor Priors(Tensor deter, long size, UniformNoise noise) => PriorEnsemble == 1
        ? Prior(deter)
        : cat([.. deter.split(size, 0).Select(rows => Prior(rows, noise.Next(PriorEnsemble)).Value)], 0);
}
