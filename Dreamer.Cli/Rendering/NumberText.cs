using System.Globalization;

namespace Dreamer.Cli.Rendering;

/// <summary>Formats numbers for display: two decimals, and only the first few of a list.</summary>
internal static class NumberText
{
    private const int MaxCount = 6;

    /// <summary>Two decimals; a zero has no sign.</summary>
    // A small negative number rounds to -0; adding +0 removes the sign.
    internal static string Format(double value) => (Math.Round(value, 2) + 0d).ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>The first few values, separated by commas.</summary>
    internal static string Format(IReadOnlyList<float> values) =>
        string.Join(", ", values.Take(MaxCount).Select(value => Format(value))) + (values.Count > MaxCount ? ", ..." : "");
}
