using Dreamer.Training.Native;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Distributions;

/// <summary>Negative log-likelihoods in nats, one a row: what the heads minimize.</summary>
public static class Likelihood
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>-log N(target; mean, 1), summed over all dimensions but the first.</summary>
    /// <param name="mean">[rows, ...].</param>
    /// <param name="target">As <paramref name="mean"/>.</param>
    /// <returns>[rows]. The constant 0.9189 a dimension is part of it, as in the reference's logs.</returns>
    public static Tensor Normal(Tensor mean, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(target);
        var difference = (mean - target).flatten(1);
        return (difference * difference).sum(1).Times(0.5).Plus(HalfLogTwoPi * difference.shape[1]);
    }

    /// <summary>-log Bernoulli(target; sigmoid(logit)) for a target that may lie between 0 and 1, summed over all dimensions but the first.</summary>
    /// <param name="logit">[rows, ...].</param>
    /// <param name="target">As <paramref name="logit"/>, in [0, 1].</param>
    /// <returns>[rows]: softplus(logit) - target * logit.</returns>
    public static Tensor Bernoulli(Tensor logit, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(logit);
        ArgumentNullException.ThrowIfNull(target);
        // The stable form of softplus: TorchSharp's own switches to the identity above 20, which is another number.
        var positive = logit.AtLeast(0);
        var softplus = positive.Plus((logit - positive.Times(2)).exp().log1p());
        return (softplus - target * logit).flatten(1).sum(1);
    }
}
