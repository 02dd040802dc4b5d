namespace Dreamer.Cli.Reporting;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">From left to right.</param>
/// <param name="Hue">Which of the page's colours, from 0.</param>
/// <param name="Faint">Whether it stands behind the others: what another line smooths.</param>
internal sealed record LineSeries(string Name, IReadOnlyList<(double X, double Y)> Points, int Hue, bool Faint = false)
{
    // Of fewer points each says more by itself than a mean over half of them.
    private const int LeastToSmooth = 10;

    /// <summary>The mean over the points around each, so that a trend shows through noise; a line of few points as it is.</summary>
    /// <param name="reach">How many points to either side.</param>
    internal LineSeries Smoothed(int reach) => Points.Count < LeastToSmooth ? this with { Faint = false } : this with
    {
        Points =
        [
            .. Points.Select((point, i) =>
            {
                var (from, to) = (Math.Max(0, i - reach), Math.Min(Points.Count - 1, i + reach));
                return (point.X, Enumerable.Range(from, to - from + 1).Average(j => Points[j].Y));
            }),
        ],
        Faint = false,
    };
}
