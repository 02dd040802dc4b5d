using System.Globalization;

namespace Dreamer.Cli.Scoring;

/// <summary>One of several processes that share work: each takes every <see cref="Count"/>-th part.</summary>
/// <param name="Index">Which, from 1.</param>
/// <param name="Count">How many share.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>Everything, for one process alone.</summary>
    internal static Shard Whole { get; } = new(1, 1);

    /// <summary>Whether a part, counted from 0, is this shard's.</summary>
    internal bool Takes(int part) => part % Count == Index - 1;

    /// <summary>Reads a shard from text.</summary>
    /// <exception cref="ArgumentException">It is not of the form <c>i/n</c> with 1 &lt;= i &lt;= n.</exception>
    internal static Shard Parse(string text) =>
        text.Split('/') is [var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && index >= 1 && index <= count
            ? new Shard(index, count)
            : throw new ArgumentException($"'{text}' is no shard: i/n is expected, 1 <= i <= n, as in 3/8.", nameof(text));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
