using Dreamer.Training.Distributions;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>The world model's loss: how unlikely the recorded rows are under the heads, and how far prior and posterior are apart.</summary>
public static class WorldModelLoss
{
    /// <summary>
    /// image_scale * image + vector_scale * vector + reward_scale * reward + discount_scale * discount + kl_scale * kl, each the mean over the rows of a negative
    /// log-likelihood; without a discount head the discount has no part in it (danijar/dreamerv2, agent.py, WorldModel.loss).
    /// </summary>
    /// <param name="networks">The world model.</param>
    /// <param name="batch">The recorded rows.</param>
    /// <param name="observed">What the world model made of them.</param>
    /// <param name="options">Scales, balance, free nats.</param>
    public static WorldModelLosses Compute(
        WorldModelNetworks networks, TrainingBatch batch, ObservedSequences observed, WorldModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentNullException.ThrowIfNull(options);
        using var phase = TrainingPhases.Begin(TrainingPhases.Heads);
        var metrics = new List<(string Name, Tensor Value)>();
        var latents = networks.Rssm.Latents;
        var (klLoss, kl) = KlBalancing.Loss(latents, observed.Posterior, observed.Prior, options);
        var still = observed.Latents.detach();
        Tensor Read(GradientHeads head) => options.GradientHeads.HasFlag(head) ? observed.Latents : still;

        var reward = networks.Reward.Unlikelihood(networks.Reward.Forward(Read(GradientHeads.Reward)), batch.Reward).mean();
        var total = klLoss.Times(options.KlScale).Plus(reward.Times(options.RewardScale));
        metrics.Add((MetricNames.KlLoss, klLoss));
        metrics.Add((MetricNames.RewardLoss, reward));
        if (networks.Discount is { } head)
        {
            var discount = Likelihood.Bernoulli(head.Forward(Read(GradientHeads.Discount)), batch.Discount).mean();
            metrics.Add((MetricNames.DiscountLoss, discount));
            total = total.Plus(discount.Times(options.DiscountScale));
        }

        var decoded = networks.Decoder.Forward(Read(GradientHeads.Decoder));
        if (decoded.Image is { } image)
        {
            var loss = Likelihood.Normal(image, Pixels.Normalize(batch.Image!)).mean();
            metrics.Add((MetricNames.ImageLoss, loss));
            total = total.Plus(loss.Times(options.ImageScale));
        }
        if (decoded.Vector is { } vector)
        {
            var target = (Traced)batch.Vector!;
            var loss = Likelihood.Normal(vector, networks.Options.SymlogVectors ? target.Symlog() : target).mean();
            metrics.Add((MetricNames.VectorLoss, loss));
            total = total.Plus(loss.Times(options.VectorScale));
        }

        metrics.Add((MetricNames.ModelLoss, total));
        metrics.Add((MetricNames.ModelKl, kl.mean()));
        metrics.Add((MetricNames.PriorEntropy, MeanEntropy(latents, observed.Prior)));
        metrics.Add((MetricNames.PosteriorEntropy, MeanEntropy(latents, observed.Posterior)));
        return new WorldModelLosses(total, metrics);
    }

    private static Tensor MeanEntropy(ILatentDistribution latents, Tensor statistics)
    {
        using var noGradient = no_grad();
        return latents.Entropy((Traced)statistics.detach()).Value.mean();
    }
}
