using Dreamer.Training.Tracing;

namespace Dreamer.Training.Distributions;

/// <summary>Independent distributions that derive from normal ones; their statistics are all means, then all standard deviations.</summary>
/// <param name="Size">How many numbers a sample has.</param>
/// <param name="Deviation">The function from the network's outputs to standard deviations.</param>
/// <inheritdoc cref="IDistribution" path="/remarks"/>
internal abstract record NormalFamily(int Size, StandardDeviation Deviation) : IDistribution
{
    /// <summary>The square root of 2.</summary>
    private protected const float Sqrt2 = 1.41421356f;

    /// <summary>ln(2 pi) / 2.</summary>
    private protected const float HalfLogTwoPi = 0.918938533f;

    /// <inheritdoc/>
    public int StatisticsSize => 2 * Size;

    /// <summary>The means among the statistics: those of the underlying normal distributions.</summary>
    /// <param name="statistics">[batch, statistics].</param>
    /// <returns>[batch, size].</returns>
    public Traced Mean(Traced statistics) => statistics.Narrow(1, 0, Size);

    /// <summary>The standard deviations among the statistics: those of the underlying normal distributions.</summary>
    /// <param name="statistics">[batch, statistics].</param>
    /// <returns>[batch, size].</returns>
    public Traced Std(Traced statistics) => statistics.Narrow(1, Size, Size);

    /// <inheritdoc/>
    public Traced Statistics(Traced outputs) => Traced.Concat(1, MeanOf(Mean(outputs)), Deviation.Apply(Std(outputs)));

    /// <inheritdoc/>
    public abstract Traced Sample(Traced statistics, Traced noise);

    /// <inheritdoc/>
    public abstract Traced Mode(Traced statistics);

    /// <inheritdoc/>
    public abstract Traced Entropy(Traced statistics);

    /// <inheritdoc/>
    public abstract Traced LogProbability(Traced statistics, Traced outcome);

    /// <summary>The means from the network's outputs for them.</summary>
    private protected virtual Traced MeanOf(Traced outputs) => outputs;

    /// <summary>Samples of the normal distributions by the inverse of their distribution function: noise of 0.5 gives their means.</summary>
    private protected Traced SampleNormal(Traced statistics, Traced noise) => Mean(statistics) + Std(statistics) * noise.NormalQuantile();

    /// <summary>The logarithms of the normal densities, [batch, size].</summary>
    private protected Traced LogNormal(Traced statistics, Traced outcome)
    {
        var std = Std(statistics);
        var distance = (outcome - Mean(statistics)) / std;
        return -(distance * distance * 0.5f + std.Log() + HalfLogTwoPi);
    }
}
