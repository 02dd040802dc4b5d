using Dreamer.Inference;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Evaluation;

/// <summary>Reads scored rows and collects what is compared. It keeps a few bytes per row, never images or states.</summary>
internal sealed class EpisodeEvaluator
{
    private readonly HeadsManifest? _heads;
    private readonly DiscountQuality? _discounts;
    private readonly List<float> _surprises = [];
    private readonly List<(float Reward, float Value)> _episode = [];
    private MeanDifference _rewards;
    private MeanDifference _values;
    private MeanDifference _pixels;
    private MeanDifference _actions;
    private int _episodes;
    private int _ended;
    private long _rows;
    private long _decisions;
    private long _agreeing;
    private bool _endsTerminal;

    private EpisodeEvaluator(HeadsManifest? heads, bool discounts) =>
        (_heads, _discounts) = (heads, discounts && heads is not null ? new DiscountQuality(heads.Gamma) : null);

    internal static EpisodeMetrics Evaluate(IDataView data, EvaluateOptions options)
    {
        var schema = data.Schema;
        DataViewSchema.Column Need(string name, string option, ExpectedType form) => new InputColumn(name, option, form).Find(schema);
        DataViewSchema.Column? Find(string name, string option, ExpectedType form) => schema.GetColumnOrNull(name) is null ? null : Need(name, option, form);
        var columns = new EvaluatedColumns(
            Need(options.EpisodeIdColumnName, nameof(options.EpisodeIdColumnName), ExpectedType.Text),
            Need(options.IsFirstColumnName, nameof(options.IsFirstColumnName), ExpectedType.Boolean),
            Need(options.IsTerminalColumnName, nameof(options.IsTerminalColumnName), ExpectedType.Boolean),
            Need(options.RewardColumnName, nameof(options.RewardColumnName), ExpectedType.Single),
            Find(options.PredictedRewardColumnName, nameof(options.PredictedRewardColumnName), ExpectedType.Single),
            Find(options.PredictedDiscountColumnName, nameof(options.PredictedDiscountColumnName), ExpectedType.Single),
            Find(options.PredictedValueColumnName, nameof(options.PredictedValueColumnName), ExpectedType.Single),
            Find(options.SurpriseColumnName, nameof(options.SurpriseColumnName), ExpectedType.Single),
            Find(options.ActionColumnName, nameof(options.ActionColumnName), ExpectedType.AnyAction),
            Find(options.PredictedActionColumnName, nameof(options.PredictedActionColumnName), ExpectedType.AnyAction),
            Find(options.ImageColumnName, nameof(options.ImageColumnName), ExpectedType.AnyImage),
            Find(options.DecodedImageColumnName, nameof(options.DecodedImageColumnName), ExpectedType.AnyImage));
        var heads = options.Heads ?? (columns.PredictedValue is { } value ? HeadsAnnotations.Read(value) : null);
        if (heads is null && (columns.PredictedValue is not null || columns.PredictedDiscount is not null))
        {
            throw new ArgumentOutOfRangeException(
                nameof(data), $"Column '{options.PredictedValueColumnName}' lacks the annotations that PredictOutcome adds: set {nameof(options.Heads)}.");
        }
        var evaluator = new EpisodeEvaluator(heads, columns.PredictedDiscount is not null);
        using var cursor = data.GetRowCursor(columns.All);
        var row = new EvaluatedRow(cursor, columns);
        while (cursor.MoveNext())
        {
            evaluator.Add(row);
        }
        evaluator.EndEpisode(columns.PredictedValue is not null);
        return evaluator.Metrics(columns);
    }

    private void Add(EvaluatedRow row)
    {
        var begins = row.ReadPlace();
        if (begins)
        {
            EndEpisode(row.HasValue);
            _episodes++;
        }
        _rows++;
        var reward = Transformed(row.Reward);
        if (row.HasPredictedReward)
        {
            _rewards.Add(row.PredictedReward - reward);
        }
        _discounts?.Add(row.PredictedDiscount, row.IsTerminal);
        if (row.HasSurprise)
        {
            _surprises.Add(row.Surprise);
        }
        if (row.HasValue)
        {
            _episode.Add((reward, row.PredictedValue));
        }
        _endsTerminal = row.IsTerminal;
        row.AddPixels(ref _pixels);
        if (row.CompareActions(begins, ref _actions) is { } agrees)
        {
            _decisions++;
            _agreeing += agrees ? 1 : 0;
        }
    }

    private float Transformed(float reward) => _heads?.RewardTransform switch
    {
        "tanh" => MathF.Tanh(reward),
        "sign" => MathF.Sign(reward),
        _ => reward,
    };

    // The return after a truncation is unknown: only episodes that ended have one.
    private void EndEpisode(bool hasValue)
    {
        if (_rows > 0 && _endsTerminal)
        {
            _ended++;
            var following = 0.0;
            for (var row = _episode.Count - 1; hasValue && row >= 0; row--)
            {
                var including = _episode[row].Reward + (_heads!.Gamma * following);
                // Without the reward for arriving, a value starts with the next row.
                var observed = _heads.ValueIncludesReward ? including : following;
                _values.Add(_episode[row].Value - observed);
                following = including;
            }
        }
        _episode.Clear();
    }

    private EpisodeMetrics Metrics(EvaluatedColumns columns)
    {
        var calibration = _discounts?.Calibration() ?? [];
        var isDiscrete = columns.PredictedAction?.Type is KeyDataViewType;
        return new EpisodeMetrics
        {
            Episodes = _episodes,
            Rows = _rows,
            RewardMeanAbsoluteError = _rewards.MeanAbsolute,
            EndedEpisodes = _ended,
            ValueMeanAbsoluteError = _values.MeanAbsolute,
            ValueBias = _values.Mean,
            Decisions = _decisions,
            ActionAgreement = isDiscrete && _decisions > 0 ? _agreeing / (double)_decisions : null,
            ActionMeanAbsoluteError = isDiscrete ? null : _actions.MeanAbsolute,
            DiscountAreaUnderCurve = _discounts?.AreaUnderCurve(),
            DiscountCalibration = calibration,
            DiscountCalibrationError = _discounts is null || _rows == 0
                ? null : calibration.Sum(bin => bin.Rows * Math.Abs(bin.Predicted - bin.Observed)) / _rows,
            Surprise = Quantiles(),
            ImageMeanAbsoluteError = _pixels.MeanAbsolute,
        };
    }

    private SurpriseQuantiles? Quantiles()
    {
        if (_surprises.Count == 0)
        {
            return null;
        }
        _surprises.Sort();
        // The smallest value that the part of rows stays within.
        double At(double part) => _surprises[Math.Max(0, (int)Math.Ceiling(part * _surprises.Count) - 1)];
        return new SurpriseQuantiles(At(0.5), At(0.9), At(0.99), _surprises[^1]);
    }
}
