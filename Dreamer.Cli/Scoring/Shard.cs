using System.Globalization;

namespace Dreamer.Cli.Scoring;

/// <summary>The share of one of several processes: every <see cref="Count"/>-th part.</summary>
/// <param name="Index">The index of the process, from 1.</param>
/// <param name="Count">The number of processes.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>All parts, for a single process.</summary>
    internal static Shard Whole { get; } = new(1, 1);

    /// <summary>Whether a part, counted from 0, belongs to this shard.</summary>
    internal bool Contains(int part) => part % Count == Index - 1;

    /// <summary>Parses a shard.</summary>
    /// <exception cref="ArgumentException">The text is not of the form <c>i/n</c> with 1 &lt;= i &lt;= n.</exception>
    internal static Shard Parse(string text) =>
        text.Split('/') is [var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && index >= 1 && index <= count
            ? new Shard(index, count)
            : throw new ArgumentException($"'{text}' is not a shard; it must be i/n with 1 <= i <= n, such as 3/8.", nameof(text));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
