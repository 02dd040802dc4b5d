using System.Globalization;

namespace Dreamer.Inference;

/// <summary>The returns of some episodes: their mean, and how far they spread.</summary>
/// <param name="Mean">The mean return of an episode, undiscounted.</param>
/// <param name="StandardDeviation">The standard deviation of the returns over the episodes (population form).</param>
/// <param name="Episodes">How many episodes.</param>
public readonly record struct ReturnStatistics(double Mean, double StandardDeviation, int Episodes)
{
    /// <summary>Computes the statistics of returns.</summary>
    /// <param name="returns">The return of each episode; at least one.</param>
    public static ReturnStatistics FromReturns(IReadOnlyCollection<double> returns)
    {
        ArgumentNullException.ThrowIfNull(returns);
        var mean = returns.Average();
        return new ReturnStatistics(mean, Math.Sqrt(returns.Average(value => (value - mean) * (value - mean))), returns.Count);
    }

    /// <summary>The statistics as text: <c>1.00 +- 0.00 over 100 episodes</c>.</summary>
    public override string ToString() => ToString("");

    /// <summary>The statistics as text, with the kind of the episodes: <c>1.00 +- 0.00 over 100 greedy episodes</c>.</summary>
    /// <param name="kind">The kind, or nothing.</param>
    public string ToString(string kind) => string.Create(
        CultureInfo.InvariantCulture, $"{Mean:F2} +- {StandardDeviation:F2} over {Episodes} {kind}{(string.IsNullOrEmpty(kind) ? "" : " ")}episodes");
}
