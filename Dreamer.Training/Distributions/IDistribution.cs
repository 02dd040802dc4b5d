using Dreamer.Training.Tracing;

namespace Dreamer.Training.Distributions;

/// <summary>A family of distributions over vectors; the statistics that a network computes for every row select one member.</summary>
/// <remarks>
/// Randomness comes in as uniform noise in (0, 1), so that sampling is part of an exported graph. Every result has one row for each
/// input row, and does not depend on the other rows. Immutable and thread-safe.
/// </remarks>
internal interface IDistribution
{
    /// <summary>Numbers in a sample, and in its noise.</summary>
    int Size { get; }

    /// <summary>Numbers that select one distribution, and outputs of the network that computes them.</summary>
    int StatisticsSize { get; }

    /// <summary>The statistics from a network's unbounded outputs.</summary>
    /// <param name="outputs">[batch, statistics].</param>
    /// <returns>[batch, statistics].</returns>
    Traced Statistics(Traced outputs);

    /// <summary>A sample, with a gradient to the statistics if gradients are on.</summary>
    /// <param name="statistics">[batch, statistics].</param>
    /// <param name="noise">[batch, size], uniform in (0, 1).</param>
    /// <returns>[batch, size].</returns>
    Traced Sample(Traced statistics, Traced noise);

    /// <summary>The deterministic alternative to a sample.</summary>
    /// <param name="statistics">[batch, statistics].</param>
    /// <returns>[batch, size].</returns>
    Traced Mode(Traced statistics);

    /// <summary>The entropy in nats.</summary>
    /// <param name="statistics">[batch, statistics].</param>
    /// <returns>[batch, 1].</returns>
    Traced Entropy(Traced statistics);

    /// <summary>The logarithm of the probability, or of the density, of an outcome.</summary>
    /// <param name="statistics">[batch, statistics].</param>
    /// <param name="outcome">[batch, size].</param>
    /// <returns>[batch, 1].</returns>
    Traced LogProbability(Traced statistics, Traced outcome);
}
