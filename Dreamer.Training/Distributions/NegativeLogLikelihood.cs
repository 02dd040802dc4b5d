using Dreamer.Training.Tracing;

namespace Dreamer.Training.Distributions;

/// <summary>Negative log-likelihoods in nats, one per row: what the heads minimize.</summary>
internal static class NegativeLogLikelihood
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>-log N(target; mean, 1), summed over all dimensions but the first.</summary>
    /// <param name="mean">[rows, ...].</param>
    /// <param name="target">As <paramref name="mean"/>.</param>
    /// <returns>[rows], including the constant 0.9189 per dimension, as in the reference's logs.</returns>
    public static Traced Normal(Traced mean, Traced target)
    {
        var difference = mean - target;
        return (difference * difference).SumRows() * 0.5f + (float)(HalfLogTwoPi * (mean.Value.numel() / mean.Shape[0]));
    }

    /// <summary>-log Bernoulli(target; sigmoid(logit)), summed over all dimensions but the first; the target may lie between 0 and 1.</summary>
    /// <param name="logit">[rows, ...].</param>
    /// <param name="target">As <paramref name="logit"/>, in [0, 1].</param>
    /// <returns>[rows]: softplus(logit) - target * logit.</returns>
    public static Traced Bernoulli(Traced logit, Traced target)
    {
        // The stable form of softplus: TorchSharp's switches to the identity above 20, which changes the number.
        var positive = logit.AtLeast(0);
        var softplus = positive + (logit - positive * 2).Exp().Log1p();
        return (softplus - target * logit).SumRows();
    }
}
