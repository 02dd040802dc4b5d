using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Evaluation;

public sealed class EvaluateTests : IDisposable
{
    private const double Tolerance = 1e-6;

    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    /// <summary>Two episodes: one that ended, of rewards 0, 1, 2, and one that was cut.</summary>
    private static ScoredRow[] Rows =>
    [
        new() { EpisodeId = "a", IsFirst = true, Reward = 0, PredictedReward = 0.5f, PredictedDiscount = 0.9f, PredictedValue = 1, Surprise = 1, Action = 0, PredictedAction = 1 },
        new() { EpisodeId = "a", Reward = 1, PredictedReward = 1, PredictedDiscount = 0.4f, PredictedValue = 2, Surprise = 2, Action = 1, PredictedAction = 2 },
        new() { EpisodeId = "a", Reward = 2, PredictedReward = 1, PredictedDiscount = 0.2f, PredictedValue = 2, IsTerminal = true, Surprise = 9, Action = 0, PredictedAction = 0 },
        new() { EpisodeId = "b", IsFirst = true, Reward = 0, PredictedReward = 0, PredictedDiscount = 0.3f, PredictedValue = 100, Surprise = 3, Action = 2, PredictedAction = 2 },
        new() { EpisodeId = "b", Reward = 0, PredictedReward = 0, PredictedDiscount = 0.1f, PredictedValue = 100, Surprise = 4, Action = 2, PredictedAction = 2 },
    ];

    [Fact]
    public void Rewards_are_compared_row_by_row()
    {
        var metrics = Evaluate(Rows, Heads());

        Assert.Equal((2, 5L, 1), (metrics.Episodes, metrics.Rows, metrics.EndedEpisodes));
        Assert.Equal(1.5 / 5, metrics.RewardMeanAbsoluteError!.Value, Tolerance);
        var learntAsTanh = Evaluate(Rows, Heads() with { RewardTransform = "tanh" });
        Assert.Equal((0.5 + (1 - Math.Tanh(1)) + (1 - Math.Tanh(2))) / 5, learntAsTanh.RewardMeanAbsoluteError!.Value, Tolerance);
    }

    /// <summary>With a factor of 0.5 the first episode's returns are 0 + 0.5 (1 + 0.5 * 2), 1 + 0.5 * 2 and 2; without a row's own reward 2, 2 and 0.</summary>
    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(false, 1.0, 1.0 / 3)]
    public void Values_are_compared_with_what_was_observed_until_the_end(bool includesReward, double error, double bias)
    {
        var metrics = Evaluate(Rows, Heads() with { ValueIncludesReward = includesReward });

        Assert.Equal(error, metrics.ValueMeanAbsoluteError!.Value, Tolerance);
        Assert.Equal(bias, metrics.ValueBias!.Value, Tolerance);
    }

    [Fact]
    public void Actions_are_compared_with_those_of_the_next_row()
    {
        var metrics = Evaluate(Rows, Heads());

        // "a": predicted 1, 2 (0-based), taken 1, 0; "b": predicted 2, taken 2.
        Assert.Equal(3, metrics.Decisions);
        Assert.Equal(2 / 3.0, metrics.ActionAgreement!.Value, Tolerance);
        Assert.Null(metrics.ActionMeanAbsoluteError);
    }

    [Fact]
    public void Discounts_are_judged_by_order_and_by_size()
    {
        var metrics = Evaluate(Rows, Heads());

        // The one terminal row, 0.2, lies below 0.9, 0.4 and 0.3 of the four others.
        Assert.Equal(0.75, metrics.DiscountAreaUnderCurve!.Value, Tolerance);
        Assert.Equal(10, metrics.DiscountCalibration.Count);
        Assert.Equal(5, metrics.DiscountCalibration.Sum(bin => bin.Rows));
        Assert.Equal((0.4 + 0.1 + 0.2 + 0.2 + 0.4) / 5, metrics.DiscountCalibrationError!.Value, Tolerance);
        Assert.Null(Evaluate(Rows[3..], Heads()).DiscountAreaUnderCurve);
    }

    [Fact]
    public void Ties_of_discounts_count_half()
    {
        var rows = Rows;
        Array.ForEach(rows, row => row.PredictedDiscount = 0.5f);
        Assert.Equal(0.5, Evaluate(rows, Heads()).DiscountAreaUnderCurve);
    }

    [Fact]
    public void Surprise_is_given_by_quantiles()
    {
        var rows = Enumerable.Range(1, 200).Select(i => new ScoredRow { EpisodeId = "a", IsFirst = i == 1, Surprise = 201 - i }).ToArray();
        Assert.Equal(new SurpriseQuantiles(100, 180, 198, 200), Evaluate(rows, Heads()).Surprise);
    }

    [Fact]
    public void Scored_episodes_say_themselves_how_they_read()
    {
        var recording = Recording.Usual(seed: 3);
        var data = _ml.Transforms.Conversion.ConvertType("Flag", "IsLast", DataKind.Boolean).Append(_ml.Transforms.CopyColumns("IsTerminal", "Flag"))
            .Fit(_ml.Data.LoadFromEnumerable(recording.Rows)).Transform(_ml.Data.LoadFromEnumerable(recording.Rows));
        var options = new ScoreEpisodesOptions { Observing = new() { Seed = 3, SurpriseColumnName = "Surprise" }, Decoding = new() };
        var scored = _ml.Transforms.ScoreEpisodes(_agent, options).Fit(data).Transform(data);

        var metrics = _ml.Dreamer().Evaluate(scored);

        // The recording's actions are the agent's own greedy ones.
        Assert.Equal(1, metrics.ActionAgreement);
        Assert.Equal(recording.Rows.Count - recording.Episodes.Count, metrics.Decisions);
        Assert.Equal(
            recording.Live.Zip(recording.Rows, (live, row) => Math.Abs((double)live.Reward - row.Reward)).Average(), metrics.RewardMeanAbsoluteError!.Value, Tolerance);
        var decoded = scored.Bytes("DecodedImage");
        Assert.Equal(
            decoded.Zip(recording.Rows, (image, row) => image.Zip(row.Image, (x, y) => Math.Abs(x - (double)y)).Average()).Average(),
            metrics.ImageMeanAbsoluteError!.Value, Tolerance);
        Assert.NotNull(metrics.ValueMeanAbsoluteError);
    }

    [Fact]
    public void What_cannot_be_compared_is_left_out_and_shown_as_such()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);
        var few = _ml.Transforms.DropColumns("PredictedDiscount", "PredictedValue", "Surprise", "PredictedAction").Fit(data).Transform(data);

        var metrics = _ml.Dreamer().Evaluate(few);

        Assert.NotNull(metrics.RewardMeanAbsoluteError);
        Assert.Null(metrics.ValueMeanAbsoluteError);
        Assert.Null(metrics.ActionAgreement);
        Assert.Null(metrics.Surprise);
        Assert.Empty(metrics.DiscountCalibration);
        Assert.Contains($"{"value: mean absolute error",-34}{"-",14}", metrics.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{"reward: mean absolute error",-34}{"0.3000",14}", metrics.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_say_how_they_read_are_refused() => Assert.Contains(
        "set Heads", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Dreamer().Evaluate(_ml.Data.LoadFromEnumerable(Rows))).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_that_do_not_stand_together_are_refused() => Assert.Contains(
        "goes from 'a' to 'b'", Assert.Throws<InvalidDataException>(() => Evaluate([.. Rows.Where((_, i) => i != 3)], Heads())).Message, StringComparison.Ordinal);

    [Fact]
    public void No_rows_have_no_metrics()
    {
        var metrics = Evaluate([], Heads());
        Assert.Equal((0, 0L), (metrics.Episodes, metrics.Rows));
        Assert.Null(metrics.RewardMeanAbsoluteError);
    }

    private static HeadsManifest Heads() => new(ValueIncludesReward: true, "identity", "predicted", Gamma: 0.5);

    private EpisodeMetrics Evaluate(IReadOnlyList<ScoredRow> rows, HeadsManifest heads) =>
        _ml.Dreamer().Evaluate(_ml.Data.LoadFromEnumerable(rows), new() { Heads = heads });

    private sealed class ScoredRow
    {
        public string EpisodeId { get; set; } = "";

        public bool IsFirst { get; set; }

        public bool IsTerminal { get; set; }

        public float Reward { get; set; }

        public float PredictedReward { get; set; }

        public float PredictedDiscount { get; set; }

        public float PredictedValue { get; set; }

        public float Surprise { get; set; }

        [KeyType(3)]
        public uint Action { get; set; }

        [KeyType(3)]
        public uint PredictedAction { get; set; }
    }
}
