using Dreamer.Training.Tracing;

namespace Dreamer.Training.Distributions;

/// <summary>Independent normal distributions: Gaussian latent states, and actions without bounds.</summary>
/// <param name="Size">How many numbers a sample has.</param>
/// <param name="Deviation">The function from the network's outputs to standard deviations.</param>
/// <remarks>
/// A sample is mean + std * quantile(noise): the gradient goes through it (reparameterization), and noise of 0.5 gives the mean
/// exactly. Immutable and thread-safe.
/// </remarks>
internal sealed record DiagonalGaussian(int Size, StandardDeviation Deviation) : NormalFamily(Size, Deviation), ILatentDistribution
{
    /// <inheritdoc/>
    public override Traced Sample(Traced statistics, Traced noise) => SampleNormal(statistics, noise);

    /// <inheritdoc/>
    public override Traced Mode(Traced statistics) => Mean(statistics);

    /// <inheritdoc/>
    public override Traced Entropy(Traced statistics) => (Std(statistics).Log() + (HalfLogTwoPi + 0.5f)).SumRow(Size);

    /// <inheritdoc/>
    public override Traced LogProbability(Traced statistics, Traced outcome) => LogNormal(statistics, outcome).SumRow(Size);

    /// <inheritdoc/>
    public Traced Kl(Traced p, Traced q)
    {
        // ln(sq / sp) + (sp^2 + (mp - mq)^2) / (2 sq^2) - 1/2, with both squares taken of the quotients by sq.
        var (ratio, distance) = (Std(p) / Std(q), (Mean(p) - Mean(q)) / Std(q));
        return ((ratio * ratio + distance * distance - 1) * 0.5f - ratio.Log()).SumRow(Size);
    }
}
