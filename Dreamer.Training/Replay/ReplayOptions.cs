namespace Dreamer.Training.Replay;

/// <summary>What is remembered and how it is sampled; the defaults are DreamerV2's.</summary>
public sealed record ReplayOptions
{
    /// <summary>How many steps stay in memory; the oldest episodes go first.</summary>
    /// <value>2,000,000.</value>
    public long Capacity { get; init; } = 2_000_000;

    /// <summary>Sequences in a batch (B).</summary>
    /// <value>16.</value>
    public int BatchSize { get; init; } = 16;

    /// <summary>Rows in a sequence (T).</summary>
    /// <value>50.</value>
    public int SequenceLength { get; init; } = 50;

    /// <summary>Whether the last rows of episodes are sampled more often, as often as those in the middle and above.</summary>
    /// <value>True.</value>
    public bool PrioritizeEnds { get; init; } = true;

    /// <summary>What is wrong with these settings.</summary>
    internal IEnumerable<string> Problems()
    {
        const string Name = "Replay";
        if (BatchSize < 1)
        {
            yield return $"{Name}.{nameof(BatchSize)} is {BatchSize}; it must be at least 1.";
        }
        if (SequenceLength < 2)
        {
            yield return $"{Name}.{nameof(SequenceLength)} is {SequenceLength}; it must be at least 2.";
        }
        if (Capacity < SequenceLength)
        {
            yield return $"{Name}.{nameof(Capacity)} is {Capacity}; it must be at least {nameof(SequenceLength)}, {SequenceLength}.";
        }
    }
}
