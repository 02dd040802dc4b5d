using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.Distributions;

/// <summary>Independent normal distributions cut off at -1 and 1: the reference's continuous actions.</summary>
/// <param name="Size">How many numbers a sample has.</param>
/// <param name="Deviation">How the network's outputs become the standard deviations before the cut.</param>
/// <remarks>
/// The means before the cut are tanh(output). A sample is the inverse of the distribution function at the noise, with a gradient
/// towards mean and deviation. From danijar/dreamerv2, nets.py (DistLayer) and dists.py (TruncNormalDist). Immutable and
/// thread-safe.
/// </remarks>
internal sealed record TruncatedNormal(int Size, StandardDeviation Deviation) : NormalFamily(Size, Deviation)
{
    // At the very ends the density's logarithm is not defined.
    private const float Largest = 1 - 1e-6f;

    private static readonly float OneBySqrtPi = (float)(1 / Math.Sqrt(Math.PI));
    private static readonly float LogTwo = (float)Math.Log(2);

    /// <inheritdoc/>
    public override Traced Sample(Traced statistics, Traced noise)
    {
        var (low, high) = Ends(statistics);
        var (below, above) = (low.Erf(), high.Erf());
        var distance = (below + noise * (above - below)).InverseErf() * Sqrt2;
        var sample = Mean(statistics) + Std(statistics) * distance;
        var bounded = sample.Clamp(-Largest, Largest);
        // Straight-through: a clamped sample keeps its gradient.
        return is_grad_enabled() ? sample + Traced.FromTensor((bounded.Value - sample.Value).detach()) : bounded;
    }

    /// <inheritdoc/>
    public override Traced Mode(Traced statistics) => Mean(statistics).Clamp(-Largest, Largest);

    /// <inheritdoc/>
    public override Traced Entropy(Traced statistics)
    {
        var (low, high) = Ends(statistics);
        var inside = high.Erf() - low.Erf();
        var slope = low * (-(low * low)).Exp() - high * (-(high * high)).Exp();
        return (LogMass(statistics, inside) + slope / inside * OneBySqrtPi + (HalfLogTwoPi + 0.5f)).SumRow(Size);
    }

    /// <inheritdoc/>
    public override Traced LogProbability(Traced statistics, Traced outcome)
    {
        var (low, high) = Ends(statistics);
        var inside = high.Erf() - low.Erf();
        return (LogNormal(statistics, outcome) + Std(statistics).Log() - LogMass(statistics, inside)).SumRow(Size);
    }

    private protected override Traced MeanOf(Traced outputs) => outputs.Tanh();

    /// <summary>The cuts in units of sqrt(2) standard deviations from the mean, as the error function takes them.</summary>
    private (Traced Low, Traced High) Ends(Traced statistics)
    {
        var (mean, unit) = (Mean(statistics), Std(statistics) * Sqrt2);
        return ((-1 - mean) / unit, (1 - mean) / unit);
    }

    /// <summary>ln(std * Z), where Z is the mass of the normal distribution between the cuts: half the difference of the error function.</summary>
    private Traced LogMass(Traced statistics, Traced inside) => (Std(statistics) * inside).Log() - LogTwo;
}
