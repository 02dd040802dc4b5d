using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dreamer.Cli.Reporting;

/// <summary>Rows that follow each other, written <c>FROM-TO</c>.</summary>
/// <param name="From">The first, from 0.</param>
/// <param name="To">The last.</param>
internal readonly record struct RowRange(int From, int To)
{
    /// <summary>Reads one.</summary>
    /// <param name="text">What stands there.</param>
    /// <param name="range">The rows.</param>
    /// <returns>Whether it names rows.</returns>
    internal static bool TryParse([NotNullWhen(true)] string? text, out RowRange range)
    {
        range = default;
        if (text?.Split('-') is not [var first, var last] ||
            !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from) ||
            !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to) ||
            from > to)
        {
            return false;
        }
        range = new RowRange(from, to);
        return true;
    }

    /// <summary>The rows' frames.</summary>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    internal IEnumerable<PerActionFrame> Of(IReadOnlyList<PerActionFrame> frames) => To < frames.Count
        ? frames.Skip(From).Take(To - From + 1)
        : throw new ArgumentException($"There are no rows {this}: the rows are 0 to {frames.Count - 1}. --episodes and --frames say how many there are.", nameof(frames));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");
}
