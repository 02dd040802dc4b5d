namespace Dreamer.Inference.Episodes;

/// <summary>The flags of a recording's rows, under any of the names that tools give them.</summary>
/// <param name="First">First rows of episodes.</param>
/// <param name="Last">Last rows of episodes that ended.</param>
/// <param name="Terminal">Rows that nothing can follow.</param>
/// <param name="EndsBelongToSteps">Whether ends were recorded with the step that led to them.</param>
internal sealed record EpisodeFlags(bool[] First, bool[] Last, bool[] Terminal, bool EndsBelongToSteps)
{
    /// <summary>Reads the flags; what is missing is derived if only one reading is possible.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="content">The arrays.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InvalidEpisodeException">Nothing tells whether the end is terminal.</exception>
    internal static EpisodeFlags Read(int rows, NpzContent content, string path)
    {
        bool[]? Find(string[] names) => names.Select(content.Arrays.GetValueOrDefault).FirstOrDefault(array => array is not null)?.ToBooleans();
        bool Has(string name) => content.Arrays.ContainsKey(name);
        var (first, last, terminal) = (Find(EpisodeKeys.First), Find(EpisodeKeys.Last), Find(EpisodeKeys.Terminal));
        var (done, truncated) = (Find(EpisodeKeys.Done), Find(EpisodeKeys.Truncated));
        // The first release of the reference has whole episodes, with discount 0 if one is terminal.
        terminal ??= content.Arrays.TryGetValue(EpisodeKeys.Discount, out var discount) ? Array.ConvertAll(discount.ToSingles(), value => value == 0) : null;
        terminal ??= done is null ? null : [.. done.Select((isDone, row) => isDone && truncated?[row] != true)];
        if (terminal is null)
        {
            throw new InvalidEpisodeException(
                $"'{path}' has no array '{EpisodeKeys.IsTerminal}' (nor terminal, done or discount); it has {content.Names}. " +
                "Add one flag per row: true if nothing can follow, false at a time limit.");
        }
        var derived = last is null;
        last ??= [.. Enumerable.Range(0, rows).Select(row => terminal[row] || done?[row] == true || truncated?[row] == true)];
        first ??= [.. Enumerable.Range(0, rows).Select(row => row == 0 || last[row - 1])];
        for (var row = 0; derived && row < rows; row++)
        {
            last[row] |= row + 1 == rows || first[row + 1];
        }
        var byObservation = Has(EpisodeKeys.IsLast) || Has(EpisodeKeys.IsTerminal) || Has(EpisodeKeys.Discount);
        return new EpisodeFlags(first, last, terminal, EndsBelongToSteps: !byObservation);
    }
}
