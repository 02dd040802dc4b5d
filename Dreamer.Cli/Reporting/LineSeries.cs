namespace Dreamer.Cli.Reporting;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Points">From left to right.</param>
/// <param name="Hue">The index of the color, from 0.</param>
/// <param name="Faint">Whether it is drawn faintly, as the raw data behind a smoothed line.</param>
internal sealed record LineSeries(string Name, IReadOnlyList<(double X, double Y)> Points, int Hue, bool Faint = false)
{
    // A mean over half of the points would hide more than it shows.
    private const int MinPointsToSmooth = 10;

    /// <summary>A centered moving average, to show the trend through noise; a line with few points is left unchanged.</summary>
    /// <param name="reach">The number of points on either side.</param>
    internal LineSeries Smoothed(int reach) => Points.Count < MinPointsToSmooth ? this with { Faint = false } : this with
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
