namespace Dreamer.Cli.Rendering;

internal static class SpanExtensions
{
    /// <summary>The index of the largest value, the first of several.</summary>
    internal static int IndexOfMaximum(this ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
