using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dreamer.Cli.Reporting;

/// <summary>A range of rows, written <c>FROM-TO</c>.</summary>
/// <param name="From">The first row, counted from 0.</param>
/// <param name="To">The last row, included.</param>
internal readonly record struct RowRange(int From, int To)
{
    /// <summary>Parses a range.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The rows.</param>
    /// <returns>Whether the text is a valid range.</returns>
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

    /// <summary>Selects the frames of the range.</summary>
    /// <exception cref="ArgumentException">The range exceeds the frames.</exception>
    internal IEnumerable<PerActionFrame> Select(IReadOnlyList<PerActionFrame> frames) => To < frames.Count
        ? frames.Skip(From).Take(To - From + 1)
        : throw new ArgumentException($"--film-rows is {this}; allowed: 0 to {frames.Count - 1}. --episodes and --frames set the number of rows.", nameof(frames));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");
}
