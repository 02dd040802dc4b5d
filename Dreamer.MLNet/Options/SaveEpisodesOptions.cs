using Dreamer.Inference;

namespace Dreamer.MLNet;

/// <summary>The settings of <c>SaveAsEpisodes</c>: the columns of the rows that are saved.</summary>
public sealed record SaveEpisodesOptions
{
    /// <summary>The column that names a row's episode, Text.</summary>
    /// <value>The default value is <c>EpisodeId</c>.</value>
    public string EpisodeIdColumnName { get; init; } = "EpisodeId";

    /// <summary>The column that marks the first row of an episode, Boolean.</summary>
    /// <value>The default value is <c>IsFirst</c>.</value>
    public string IsFirstColumnName { get; init; } = "IsFirst";

    /// <summary>The column that marks the last row of an episode, Boolean; without it, each ends with its last row.</summary>
    /// <value>The default value is <c>IsLast</c>.</value>
    public string IsLastColumnName { get; init; } = "IsLast";

    /// <summary>The column that marks terminal rows, Boolean; without it, no row is terminal.</summary>
    /// <value>The default value is <c>IsTerminal</c>.</value>
    public string IsTerminalColumnName { get; init; } = "IsTerminal";

    /// <summary>The column of the reward, Single.</summary>
    /// <value>The default value is <c>Reward</c>.</value>
    public string RewardColumnName { get; init; } = "Reward";

    /// <summary>The column of the action, Vector&lt;Single, A&gt;, or a UInt32 key (1-based, 0 for none).</summary>
    /// <value>The default value is <c>Action</c>.</value>
    public string ActionColumnName { get; init; } = "Action";

    /// <summary>The names of discrete actions in the order of the files; a key column or slot names are mapped to it by name.</summary>
    /// <value>Null: the order of the column.</value>
    public IReadOnlyList<string>? ActionNames { get; init; }

    /// <summary>Which step a row's action belongs to; the reward too, unless <see cref="RewardTiming"/> says otherwise. Files hold the step that led to the row.</summary>
    /// <value>The default value is <see cref="ActionTiming.LedHere"/>.</value>
    public ActionTiming ActionTiming { get; init; } = ActionTiming.LedHere;

    /// <summary>Which step a row's reward belongs to. With <see cref="ActionTiming.TakenHere"/>, an episode whose last row has a reward gets one more row, which repeats the last observation.</summary>
    /// <value>Null: the same as <see cref="ActionTiming"/>, and a reward in a first row gives a warning in <c>MLContext.Log</c>.</value>
    public ActionTiming? RewardTiming { get; init; }

    /// <summary>The column of the image, Vector&lt;Byte, H, W, C&gt;; optional.</summary>
    /// <value>The default value is <c>Image</c>.</value>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The shape of an image, for a column of flat pixels.</summary>
    /// <value>Null: the dimensions of the column.</value>
    public ImageShape? ImageShape { get; init; }

    /// <summary>The column of the vector, Vector&lt;Single, N&gt;; optional.</summary>
    /// <value>The default value is <c>Vector</c>.</value>
    public string VectorColumnName { get; init; } = "Vector";

    /// <summary>When the episodes were recorded, for the names of <c>.npz</c> files; a fixed time gives reproducible names.</summary>
    /// <value>The default value is the start of 2000.</value>
    public DateTimeOffset Recorded { get; init; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
