namespace Dreamer.Cli.Reporting;

/// <summary>Round numbers for the axes of charts.</summary>
internal static class ChartAxis
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>The smallest range with round ends that contains both values.</summary>
    internal static (double Low, double High) Range(double low, double high)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(high - low, 1e-4)))) / 2;
        (low, high) = (Math.Floor(low / unit) * unit, Math.Ceiling(high / unit) * unit);
        return high > low ? (low, high) : (low, low + unit);
    }

    /// <summary>Round numbers within a range, with at most <paramref name="most"/> intervals.</summary>
    internal static IEnumerable<double> Ticks(double low, double high, double most)
    {
        var least = (high - low) / Math.Max(most, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var unit = Steps.Select(step => step * power).First(step => step >= least * 0.999);
        for (var i = Math.Ceiling((low / unit) - 1e-6); i * unit <= high + (unit * 1e-6); i++)
        {
            yield return (i * unit) + 0.0; // Adding 0 turns -0 into 0.
        }
    }
}
