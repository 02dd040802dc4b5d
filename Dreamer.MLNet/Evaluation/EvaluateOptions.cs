namespace Dreamer.MLNet;

/// <summary>The settings of <c>Evaluate</c>: the columns that are compared.</summary>
public sealed record EvaluateOptions
{
    /// <summary>The column that names a row's episode, Text.</summary>
    /// <value>The default value is <c>EpisodeId</c>.</value>
    public string EpisodeIdColumnName { get; init; } = "EpisodeId";

    /// <summary>The column that marks the first row of an episode, Boolean.</summary>
    /// <value>The default value is <c>IsFirst</c>.</value>
    public string IsFirstColumnName { get; init; } = "IsFirst";

    /// <summary>The column that marks terminal rows, Boolean; an episode whose last row is not terminal was truncated.</summary>
    /// <value>The default value is <c>IsTerminal</c>.</value>
    public string IsTerminalColumnName { get; init; } = "IsTerminal";

    /// <summary>The column of the recorded reward, Single.</summary>
    /// <value>The default value is <c>Reward</c>.</value>
    public string RewardColumnName { get; init; } = "Reward";

    /// <summary>The column of the recorded action, which led to the row: a vector, or a UInt32 key.</summary>
    /// <value>The default value is <c>Action</c>.</value>
    public string ActionColumnName { get; init; } = "Action";

    /// <summary>The column of the recorded image, Vector&lt;Byte, H, W, C&gt;.</summary>
    /// <value>The default value is <c>Image</c>.</value>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column of the predicted reward, Single.</summary>
    /// <value>The default value is <c>PredictedReward</c>.</value>
    public string PredictedRewardColumnName { get; init; } = "PredictedReward";

    /// <summary>The column of the predicted discount, Single.</summary>
    /// <value>The default value is <c>PredictedDiscount</c>.</value>
    public string PredictedDiscountColumnName { get; init; } = "PredictedDiscount";

    /// <summary>The column of the predicted value, Single, with the annotations of <c>PredictOutcome</c>.</summary>
    /// <value>The default value is <c>PredictedValue</c>.</value>
    public string PredictedValueColumnName { get; init; } = "PredictedValue";

    /// <summary>The column of the predicted action: a UInt32 key, or a vector.</summary>
    /// <value>The default value is <c>PredictedAction</c>.</value>
    public string PredictedActionColumnName { get; init; } = "PredictedAction";

    /// <summary>The column of the surprise, Single.</summary>
    /// <value>The default value is <c>Surprise</c>.</value>
    public string SurpriseColumnName { get; init; } = "Surprise";

    /// <summary>The column of the decoded image, Vector&lt;Byte, H, W, C&gt;.</summary>
    /// <value>The default value is <c>DecodedImage</c>.</value>
    public string DecodedImageColumnName { get; init; } = "DecodedImage";

    /// <summary>How to read the agent's rewards and values, if the value's column has no annotations, for example after other steps.</summary>
    /// <value>The default value is <see langword="null"/>: the column's annotations.</value>
    public Inference.HeadsManifest? Heads { get; init; }
}
