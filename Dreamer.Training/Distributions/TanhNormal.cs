using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.Distributions;

/// <summary>The hyperbolic tangent of independent normal distributions: DreamerV1's continuous actions, in (-1, 1).</summary>
/// <param name="Size">How many numbers a sample has.</param>
/// <param name="Deviation">How the network's outputs become the standard deviations of the normal distributions.</param>
/// <remarks>
/// The means are 5 tanh(output / 5). From danijar/dreamerv2, nets.py (DistLayer). There, mode and entropy are the best and the mean
/// of 100 random samples; here the mode is the tanh of the mean, and the entropy averages 100 evenly spaced quantiles.
/// Immutable and thread-safe.
/// </remarks>
internal sealed record TanhNormal(int Size, StandardDeviation Deviation) : NormalFamily(Size, Deviation)
{
    private const float LargestMean = 5;
    private const int Quantiles = 100;

    // The greatest float below 1, where the inverse of tanh is still finite.
    private const float Largest = 1 - 1f / (1 << 24);

    private static readonly float LogTwo = (float)Math.Log(2);

    /// <inheritdoc/>
    public override Traced Sample(Traced statistics, Traced noise) => SampleNormal(statistics, noise).Tanh();

    /// <inheritdoc/>
    public override Traced Mode(Traced statistics) => Mean(statistics).Tanh();

    /// <inheritdoc/>
    public override Traced Entropy(Traced statistics)
    {
        // H(tanh x) = H(x) + E[ln tanh'(x)].
        var noise = linspace(0.5 / Quantiles, 1 - 0.5 / Quantiles, Quantiles, device: statistics.Value.device);
        var distances = Traced.FromTensor(noise.unsqueeze(0)).NormalQuantile();
        var samples = Mean(statistics).Reshape(-1, 1) + Std(statistics).Reshape(-1, 1) * distances;
        var slope = LogSlope(samples).SumRow(Quantiles).Reshape(-1, Size) * (1f / Quantiles);
        return (Std(statistics).Log() + (HalfLogTwoPi + 0.5f) + slope).SumRow(Size);
    }

    /// <inheritdoc/>
    public override Traced LogProbability(Traced statistics, Traced outcome)
    {
        var bounded = outcome.Clamp(-Largest, Largest);
        var sample = ((bounded + 1) / (1 - bounded)).Log() * 0.5f;
        return (LogNormal(statistics, sample) - LogSlope(sample)).SumRow(Size);
    }

    private protected override Traced MeanOf(Traced outputs) => (outputs * (1 / LargestMean)).Tanh() * LargestMean;

    /// <summary>ln(1 - tanh(x)^2) without taking a difference from 1: 2 (ln 2 - x - softplus(-2x)).</summary>
    private static Traced LogSlope(Traced x) => (LogTwo - x - (x * -2).Softplus()) * 2;
}
