using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>The world model's loss: how unlikely the recorded rows are under the heads, and how far the posterior is from the prior.</summary>
internal static class WorldModelLoss
{
    /// <summary>
    /// kl_scale * kl + reward_scale * reward + discount_scale * discount + image_scale * image + vector_scale * vector: the KL loss, and
    /// mean negative log-likelihoods over the rows. A part without a head is left out (danijar/dreamerv2, agent.py, WorldModel.loss).
    /// </summary>
    /// <param name="networks">The world model.</param>
    /// <param name="batch">The recorded rows.</param>
    /// <param name="observed">The states inferred from them.</param>
    /// <param name="options">Scales, balance, free nats.</param>
    public static WorldModelLosses Compute(
        WorldModelNetworks networks, TrainingBatch batch, ObservedSequences observed, WorldModelOptions options)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Heads);
        var latents = networks.Rssm.Latents;
        var (klLoss, kl) = Rssm.Loss(latents, observed.Posterior, observed.Prior, options);
        var rewardLoss = networks.Reward.NegativeLogLikelihood(networks.Reward.Forward(State(GradientHeads.Reward)), batch.Reward).Mean();
        var total = klLoss * options.KlScale + rewardLoss * options.RewardScale;
        List<(string Name, Tensor Value)> metrics = [(MetricNames.KlLoss, klLoss), (MetricNames.RewardLoss, rewardLoss)];

        if (networks.Discount is { } head)
        {
            var loss = NegativeLogLikelihood.Bernoulli(head.Forward(State(GradientHeads.Discount)), batch.Discount).Mean();
            total += loss * options.DiscountScale;
            metrics.Add((MetricNames.DiscountLoss, loss));
        }
        var decoded = networks.Decoder.Forward(State(GradientHeads.Decoder));
        if (decoded.Image is { } image)
        {
            var loss = NegativeLogLikelihood.Normal(image, Pixels.Normalize(batch.Image!)).Mean();
            total += loss * options.ImageScale;
            metrics.Add((MetricNames.ImageLoss, loss));
        }
        if (decoded.Vector is { } vector)
        {
            Traced target = batch.Vector!;
            var loss = NegativeLogLikelihood.Normal(vector, networks.Options.SymlogVectors ? target.Symlog() : target).Mean();
            total += loss * options.VectorScale;
            metrics.Add((MetricNames.VectorLoss, loss));
        }
        metrics.Add((MetricNames.ModelLoss, total));
        metrics.Add((MetricNames.ModelKl, kl.Mean()));
        metrics.Add((MetricNames.PriorEntropy, MeanEntropy(latents, observed.Prior)));
        metrics.Add((MetricNames.PosteriorEntropy, MeanEntropy(latents, observed.Posterior)));
        return new WorldModelLosses(total, metrics);

        Traced State(GradientHeads head) => options.GradientHeads.HasFlag(head) ? observed.Latents : observed.Latents.detach();
    }

    private static Traced MeanEntropy(ILatentDistribution latents, Tensor statistics)
    {
        using var noGradient = no_grad();
        return latents.Entropy(statistics.detach()).Mean();
    }
}
