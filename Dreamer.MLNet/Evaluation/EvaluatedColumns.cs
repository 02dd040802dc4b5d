using Microsoft.ML;

namespace Dreamer.MLNet.Evaluation;

/// <summary>The compared columns; null if missing.</summary>
internal sealed record EvaluatedColumns(
    DataViewSchema.Column EpisodeId,
    DataViewSchema.Column IsFirst,
    DataViewSchema.Column IsTerminal,
    DataViewSchema.Column Reward,
    DataViewSchema.Column? PredictedReward,
    DataViewSchema.Column? PredictedDiscount,
    DataViewSchema.Column? PredictedValue,
    DataViewSchema.Column? Surprise,
    DataViewSchema.Column? Action,
    DataViewSchema.Column? PredictedAction,
    DataViewSchema.Column? Image,
    DataViewSchema.Column? DecodedImage)
{
    /// <summary>The columns to read: only columns that are compared.</summary>
    internal IEnumerable<DataViewSchema.Column> All
    {
        get
        {
            DataViewSchema.Column?[] always = [EpisodeId, IsFirst, IsTerminal, Reward, PredictedReward, PredictedDiscount, PredictedValue, Surprise];
            DataViewSchema.Column?[] actions = ComparesActions ? [Action, PredictedAction] : [];
            DataViewSchema.Column?[] images = ComparesImages ? [Image, DecodedImage] : [];
            return always.Concat(actions).Concat(images).OfType<DataViewSchema.Column>();
        }
    }

    internal bool ComparesActions => Action is not null && PredictedAction is not null;

    internal bool ComparesImages => Image is not null && DecodedImage is not null;
}
