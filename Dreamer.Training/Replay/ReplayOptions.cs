namespace Dreamer.Training.Replay;

/// <summary>What is remembered and how it is sampled; the defaults are DreamerV2's.</summary>
public sealed record ReplayOptions
{
    /// <summary>How many steps stay in memory; the oldest episodes go first. On the disk all stay.</summary>
    /// <value>2,000,000.</value>
    public long Capacity { get; init; } = 2_000_000;

    /// <summary>How many bytes stay in memory, as they were recorded: a byte of an image is one. The oldest episodes go first.</summary>
    /// <value>8 GiB, a little less than 2,000,000 grey images of 64x64.</value>
    public long CapacityBytes { get; init; } = 8L << 30;

    /// <summary>Sequences in a batch (B).</summary>
    /// <value>16.</value>
    public int BatchSize { get; init; } = 16;

    /// <summary>Rows in a sequence (T).</summary>
    /// <value>50.</value>
    public int SequenceLength { get; init; } = 50;

    /// <summary>The least length of a part of an episode in a sequence; an episode that is shorter is a part as a whole.</summary>
    /// <value>Null: <see cref="SequenceLength"/>.</value>
    public int? MinLength { get; init; }

    /// <summary>The greatest length of a part of an episode in a sequence, at most <see cref="SequenceLength"/>.</summary>
    /// <value>Null: <see cref="SequenceLength"/>.</value>
    public int? MaxLength { get; init; }

    /// <summary>Whether the last rows of episodes are sampled more often, as often as those in the middle and above.</summary>
    /// <value>True.</value>
    public bool PrioritizeEnds { get; init; } = true;

    /// <summary>Whether episodes that still run are sampled as well.</summary>
    /// <value>False.</value>
    public bool Ongoing { get; init; }

    /// <summary>A folder of recorded episodes, <c>.npz</c>, that a new run starts with; their steps count for the prefill.</summary>
    /// <value>Null: none.</value>
    public string? StartingEpisodes { get; init; }

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
        if (CapacityBytes < 1)
        {
            yield return $"{Name}.{nameof(CapacityBytes)} is {CapacityBytes}; it must be at least 1.";
        }
        if (MaxLength is { } max && !(max >= 1 && max <= SequenceLength))
        {
            yield return $"{Name}.{nameof(MaxLength)} is {max}; it must be in [1, {SequenceLength}], {nameof(SequenceLength)}.";
        }
        if (MinLength is { } min && !(min >= 1 && min <= (MaxLength ?? SequenceLength)))
        {
            yield return $"{Name}.{nameof(MinLength)} is {min}; it must be in [1, {MaxLength ?? SequenceLength}], {nameof(MaxLength)}.";
        }
    }
}
