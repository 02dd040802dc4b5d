using Dreamer.Inference.Episodes;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Replay;

/// <summary>The capacity and the sampling of the replay; the defaults are DreamerV2's.</summary>
public sealed record ReplayOptions
{
    /// <summary>The most steps in memory; the oldest episodes are removed first. On disk all stay.</summary>
    /// <value>2,000,000.</value>
    public long Capacity { get; init; } = 2_000_000;

    /// <summary>The most bytes in memory, as recorded (one per byte of an image); the oldest episodes are removed first.</summary>
    /// <value>8 GiB, a little less than 2,000,000 grey images of 64x64.</value>
    public long CapacityBytes { get; init; } = 8L << 30;

    /// <summary>Sequences in a batch (B).</summary>
    /// <value>16.</value>
    public int BatchSize { get; init; } = 16;

    /// <summary>Rows in a sequence (T).</summary>
    /// <value>50.</value>
    public int SequenceLength { get; init; } = 50;

    /// <summary>The smallest length of a part of an episode in a sequence; a shorter episode is one part.</summary>
    /// <value>Null: <see cref="SequenceLength"/>.</value>
    public int? MinLength { get; init; }

    /// <summary>The largest length of a part of an episode in a sequence, at most <see cref="SequenceLength"/>.</summary>
    /// <value>Null: <see cref="SequenceLength"/>.</value>
    public int? MaxLength { get; init; }

    /// <summary>Whether the last rows of episodes are sampled more often.</summary>
    /// <value>True.</value>
    public bool PrioritizeEnds { get; init; } = true;

    /// <summary>Whether episodes that still run are sampled as well.</summary>
    /// <value>False.</value>
    public bool Ongoing { get; init; }

    /// <summary>A folder of recorded episodes, <c>.npz</c>, or one file, that a new run starts with; their steps count for the prefill.</summary>
    /// <value>Null: none.</value>
    public string? StartingEpisodes { get; init; }

    /// <summary>
    /// Whether a run refuses to start if one of the <see cref="StartingEpisodes"/> is damaged or does not fit the environment; otherwise such files are
    /// counted, named and left out.
    /// </summary>
    /// <value>False.</value>
    public bool RequireAllStartingEpisodes { get; init; }

    /// <summary>Which step the action in a row of the <see cref="StartingEpisodes"/> belongs to; the reward too, unless <see cref="RewardTiming"/> says otherwise.</summary>
    /// <value>The default value is <see cref="RecordedTiming.LedHere"/>.</value>
    public RecordedTiming ActionTiming { get; init; }

    /// <summary>Which step the reward in a row of the <see cref="StartingEpisodes"/> belongs to.</summary>
    /// <value>Null: the same as <see cref="ActionTiming"/>.</value>
    public RecordedTiming? RewardTiming { get; init; }

    /// <summary>How the <see cref="StartingEpisodes"/> are read.</summary>
    internal EpisodeReadOptions ReadOptions(int? discreteActions) =>
        new() { DiscreteActions = discreteActions, ActionTiming = ActionTiming, RewardTiming = RewardTiming };

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors()
    {
        const string Name = "Replay";
        return
        [
            .. AtLeast($"{Name}.{nameof(BatchSize)}", BatchSize, 1),
            .. AtLeast($"{Name}.{nameof(SequenceLength)}", SequenceLength, 2),
            .. Unless(
                Capacity >= SequenceLength, $"{Name}.{nameof(Capacity)}", Capacity, $"at least {nameof(SequenceLength)}, {SequenceLength}"),
            .. AtLeast($"{Name}.{nameof(CapacityBytes)}", CapacityBytes, 1),
            .. Within(nameof(MaxLength), MaxLength, SequenceLength, nameof(SequenceLength)),
            .. Within(nameof(MinLength), MinLength, MaxLength ?? SequenceLength, nameof(MaxLength)),
        ];

        static IEnumerable<string> Within(string name, int? value, int most, string limit) => value is { } length
            ? Unless(length >= 1 && length <= most, $"{Name}.{name}", length, $"in [1, {most}], {limit}") : [];
    }
}
