namespace Dreamer.Inference.Episodes;

/// <summary>What a reader of recorded episodes cannot know from a file alone.</summary>
public sealed record EpisodeReadOptions
{
    /// <summary>The number of discrete actions; integer actions, one per row, are then read as one-hot vectors.</summary>
    /// <value>Null: actions are read as they are, and integer actions are refused.</value>
    public int? DiscreteActions { get; init; }

    /// <summary>Which step a row's action belongs to. <see cref="RecordedTiming.TakenHere"/> moves actions and rewards to the next row.</summary>
    /// <value>The default value is <see cref="RecordedTiming.LedHere"/>; replay chunks of DreamerV3 are always read as their own convention.</value>
    public RecordedTiming ActionTiming { get; init; } = RecordedTiming.LedHere;

    /// <summary>Which step a row's reward belongs to.</summary>
    /// <value>Null: the same as <see cref="ActionTiming"/>, and a reward in a first row is questioned (<see cref="Episode.Notes"/>).</value>
    public RecordedTiming? RewardTiming { get; init; }
}
