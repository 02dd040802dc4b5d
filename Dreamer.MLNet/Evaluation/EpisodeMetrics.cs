using System.Text;

namespace Dreamer.MLNet;

/// <summary>How an agent's scores of recorded episodes compare with the recordings. A metric is null if its columns are missing.</summary>
public sealed record EpisodeMetrics
{
    /// <summary>Episodes.</summary>
    public required int Episodes { get; init; }

    /// <summary>Rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Mean absolute difference of predicted and recorded reward, transformed as the agent learned it.</summary>
    public double? RewardMeanAbsoluteError { get; init; }

    /// <summary>The number of episodes that ended. Values are compared only in these: what would have followed a truncation is unknown.</summary>
    public int EndedEpisodes { get; init; }

    /// <summary>Mean absolute difference of a row's value from the discounted rewards that were observed, in episodes that ended.</summary>
    public double? ValueMeanAbsoluteError { get; init; }

    /// <summary>Mean of the value minus those rewards: above 0 the critic is too optimistic.</summary>
    public double? ValueBias { get; init; }

    /// <summary>The number of rows whose next row recorded an action.</summary>
    public long Decisions { get; init; }

    /// <summary>The part of discrete decisions in which the predicted action is the one that was taken.</summary>
    public double? ActionAgreement { get; init; }

    /// <summary>Mean absolute difference of predicted and taken continuous actions.</summary>
    public double? ActionMeanAbsoluteError { get; init; }

    /// <summary>
    /// How well the predicted discount separates terminal rows from others: the share of pairs in the right order, 0.5 by chance;
    /// null if all rows are of one kind.
    /// </summary>
    public double? DiscountAreaUnderCurve { get; init; }

    /// <summary>The predicted discounts in ten bins, with their expected values.</summary>
    public IReadOnlyList<CalibrationBin> DiscountCalibration { get; init; } = [];

    /// <summary>Mean distance, over rows, of predicted discounts from the observed mean of their bin.</summary>
    public double? DiscountCalibrationError { get; init; }

    /// <summary>The surprise that half, 90 % and 99 % of rows stay within, and the largest, in nats.</summary>
    public SurpriseQuantiles? Surprise { get; init; }

    /// <summary>Mean absolute difference of decoded pixels from recorded ones, of 255.</summary>
    public double? ImageMeanAbsoluteError { get; init; }

    /// <summary>The metrics as a table.</summary>
    public override string ToString()
    {
        var table = new StringBuilder();
        void Line(string name, object? value) => table.AppendLine($"{name,-34}{(value is null ? "-" : value is double number ? $"{number:F4}" : value),14}");
        Line("episodes", Episodes);
        Line("rows", Rows);
        Line("reward: mean absolute error", RewardMeanAbsoluteError);
        Line("episodes that ended", EndedEpisodes);
        Line("value: mean absolute error", ValueMeanAbsoluteError);
        Line("value: bias", ValueBias);
        Line("decisions", Decisions);
        Line("action: agreement", ActionAgreement);
        Line("action: mean absolute error", ActionMeanAbsoluteError);
        Line("discount: area under curve", DiscountAreaUnderCurve);
        Line("discount: calibration error", DiscountCalibrationError);
        foreach (var bin in DiscountCalibration.Where(bin => bin.Rows > 0))
        {
            Line($"  {bin.From:F1} to {bin.To:F1}, {bin.Rows} rows", $"{bin.Predicted:F3} {bin.Observed:F3}");
        }
        Line("surprise: median", Surprise?.Median);
        Line("surprise: 90 %", Surprise?.NinetyPercent);
        Line("surprise: 99 %", Surprise?.NinetyNinePercent);
        Line("surprise: largest", Surprise?.Largest);
        Line("image: mean absolute error of 255", ImageMeanAbsoluteError);
        return table.ToString();
    }
}

/// <summary>The rows whose predicted discount is in a range.</summary>
/// <param name="From">The start of the range.</param>
/// <param name="To">The end of the range.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Predicted">The mean of their predicted discounts.</param>
/// <param name="Observed">The mean of the correct discounts: 0 for a terminal row, otherwise the agent's discount factor.</param>
public sealed record CalibrationBin(double From, double To, long Rows, double Predicted, double Observed);

/// <summary>Quantiles of the surprise over rows, in nats.</summary>
/// <param name="Median">Half of the rows stay within.</param>
/// <param name="NinetyPercent">90 % stay within.</param>
/// <param name="NinetyNinePercent">99 % stay within.</param>
/// <param name="Largest">All stay within.</param>
public sealed record SurpriseQuantiles(double Median, double NinetyPercent, double NinetyNinePercent, double Largest);
