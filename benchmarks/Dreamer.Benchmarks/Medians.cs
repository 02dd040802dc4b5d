namespace Dreamer.Benchmarks;

/// <summary>The middle of what was measured.</summary>
internal static class Medians
{
    internal static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
