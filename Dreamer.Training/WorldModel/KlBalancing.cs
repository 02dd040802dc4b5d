using Dreamer.Training.Distributions;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>The KL loss between posterior and prior, in two halves of which each trains one of them.</summary>
public static class KlBalancing
{
    /// <summary>
    /// balance * KL(sg(posterior) || prior) + (1 - balance) * KL(posterior || sg(prior)), each half its mean over the rows with free
    /// nats applied; at a balance of exactly 0.5 the plain mean(max(KL(posterior || prior), free)), whose gradients are not halved. With
    /// <see cref="WorldModelOptions.KlForward"/> the two change places in the divergence (danijar/dreamerv2, nets.py, kl_loss).
    /// </summary>
    /// <param name="latents">The distribution of the stochastic state.</param>
    /// <param name="posterior">[rows, statistics].</param>
    /// <param name="prior">[rows, statistics].</param>
    /// <param name="options">Balance and free nats.</param>
    /// <returns>The loss, a scalar, and the divergence of each row, [rows], without gradient.</returns>
    public static (Tensor Loss, Tensor Kl) Loss(ILatentDistribution latents, Tensor posterior, Tensor prior, WorldModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(options);
        Tensor Kl(Tensor ofPosterior, Tensor ofPrior) =>
            options.KlForward ? latents.Kl(ofPrior, ofPosterior) : latents.Kl(ofPosterior, ofPrior);

        if (options.KlBalance == 0.5)
        {
            var plain = Kl(posterior, prior);
            return (plain.AtLeast(options.FreeNats).mean(), plain.detach().flatten());
        }
        var trainsPosterior = Kl(posterior, prior.detach());
        var trainsPrior = Kl(posterior.detach(), prior);
        var loss = Mean(trainsPrior, options).Times(options.KlBalance).Plus(Mean(trainsPosterior, options).Times(1 - options.KlBalance));
        return (loss, trainsPosterior.detach().flatten());
    }

    // A KL is not below 0: without free nats there is nothing to bound.
    private static Tensor Mean(Tensor kl, WorldModelOptions options) => options.FreeNats == 0 ? kl.mean()
        : options.FreeAverage ? kl.mean().AtLeast(options.FreeNats)
        : kl.AtLeast(options.FreeNats).mean();
}
