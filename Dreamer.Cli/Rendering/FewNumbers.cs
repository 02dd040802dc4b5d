using System.Globalization;

namespace Dreamer.Cli.Rendering;

/// <summary>Writes numbers for people: two decimals, and no more of them than a line has room for.</summary>
internal static class FewNumbers
{
    private const int Most = 6;

    /// <summary>Two decimals, and no sign before a zero.</summary>
    // Adding a positive zero takes the sign from a negative one, which is what a small negative number rounds to.
    internal static string Text(double value) => (Math.Round(value, 2) + 0d).ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>The first of several.</summary>
    internal static string Text(IReadOnlyList<float> values) =>
        string.Join(", ", values.Take(Most).Select(value => Text(value))) + (values.Count > Most ? ", ..." : "");
}
