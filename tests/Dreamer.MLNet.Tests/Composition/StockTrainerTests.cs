using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Dreamer.MLNet.Tests.Composition;

/// <summary>Our columns feed ML.NET's trainers, splits, evaluations and engines as any others do.</summary>
public sealed class StockTrainerTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = CatchRow.LoadAgent();
    private readonly List<CatchRow> _rows = CatchRow.Read();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void A_regression_from_the_latent_foresees_the_remaining_return_of_episodes_never_seen()
    {
        var parts = _ml.Data.TrainTestSplit(_ml.Data.LoadFromEnumerable(_rows), testFraction: 0.3, samplingKeyColumnName: "EpisodeId");
        var (train, test) = (parts.TrainSet.Texts("EpisodeId").ToHashSet(), parts.TestSet.Texts("EpisodeId").ToHashSet());
        Assert.Equal(10, train.Count + test.Count);
        Assert.Empty(train.Intersect(test));
        Assert.NotEmpty(test);

        var model = Regression().Fit(parts.TrainSet);
        var metrics = _ml.Regression.Evaluate(model.Transform(parts.TestSet), "RemainingReturn");

        Assert.InRange(metrics.RSquared, 0.8, 1);
    }

    [Fact]
    public void Cross_validation_keeps_episodes_whole()
    {
        var folds = _ml.Regression.CrossValidate(
            _ml.Data.LoadFromEnumerable(_rows), Regression(), numberOfFolds: 3, labelColumnName: "RemainingReturn", samplingKeyColumnName: "EpisodeId");

        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.RSquared, 0.7, 1));
        Assert.Equal(10, folds.Sum(fold => fold.ScoredHoldOutSet.Texts("EpisodeId").Distinct().Count()));
        // A held-out episode is scored as it is alone: nothing of its neighbours comes in.
        var alone = _ml.Data.LoadFromEnumerable(_rows);
        var latents = Chain().Fit(alone).Transform(alone);
        var expected = latents.Texts("EpisodeId").Zip(latents.Longs("Step"), latents.Vectors("Latent")).ToDictionary(row => (row.First, row.Second), row => row.Third);
        foreach (var fold in folds)
        {
            var held = fold.ScoredHoldOutSet;
            Assert.All(
                held.Texts("EpisodeId").Zip(held.Longs("Step"), held.Vectors("Latent")),
                row => Assert.Equal(expected[(row.First, row.Second)], row.Third));
        }
    }

    [Fact]
    public void Surprise_finds_corrupted_images()
    {
        var random = new Random(3);
        foreach (var row in _rows.Where(row => row.Step is 4 or 7))
        {
            random.NextBytes(row.Image);
            row.Corrupted = 1;
        }
        var data = _ml.Data.LoadFromEnumerable(_rows);
        var scored = Chain().Append(_ml.Transforms.Expression("Alarm", "s => s > 5f", "Surprise")).Fit(data).Transform(data);

        // A first row has no expectation to surprise.
        var later = _ml.Data.FilterRowsByColumn(_ml.Transforms.Conversion.ConvertType("At", "Step", DataKind.Single).Fit(scored).Transform(scored), "At", 1);
        var metrics = _ml.AnomalyDetection.Evaluate(later, "Corrupted", "Surprise", "Alarm", falsePositiveCount: 5);

        Assert.InRange(metrics.AreaUnderRocCurve, 0.8, 1);
    }

    [Fact]
    public void An_anomaly_trainer_learns_what_latents_are_usual()
    {
        var data = _ml.Data.LoadFromEnumerable(_rows);
        var model = Chain().Append(_ml.AnomalyDetection.Trainers.RandomizedPca("Latent", rank: 4, ensureZeroMean: true)).Fit(data);
        var usual = model.Transform(data).Singles("Score");

        var random = new Random(3);
        foreach (var row in _rows)
        {
            random.NextBytes(row.Image);
        }
        var corrupted = model.Transform(_ml.Data.LoadFromEnumerable(_rows)).Singles("Score");

        Assert.All(usual.Concat(corrupted), score => Assert.InRange(score, 0, 1));
        Assert.True(corrupted.Average() > usual.Average());
    }

    [Fact]
    public void Engines_say_what_the_view_says_through_a_stock_trainer_behind()
    {
        var data = _ml.Data.LoadFromEnumerable(_rows);
        var model = Regression().Fit(data);
        var expected = model.Transform(data).Singles("Score");

        using (var engine = _ml.Model.CreatePredictionEngine<CatchRow, Foreseen>(model, new PredictionEngineOptions { OwnsTransformer = false }))
        {
            Assert.Equal(expected, _rows.Select(row => engine.Predict(row).Score));
        }

        // Reset stands for IsFirst where the live source does not say it.
        using var live = _ml.Model.CreateDreamerPredictionEngine<CatchRow, Foreseen>(model);
        var found = new List<float>();
        foreach (var row in _rows)
        {
            if (row.IsFirst)
            {
                live.Reset();
                row.IsFirst = false;
            }
            found.Add(live.Predict(row).Score);
        }
        Assert.Equal(expected, found);
    }

    private EstimatorChain<ITransformer> Chain() => _ml.Transforms.ScoreEpisodes(_agent, seed: 1);

    private EstimatorChain<RegressionPredictionTransformer<LinearRegressionModelParameters>> Regression() => Chain()
        .Append(_ml.Transforms.Concatenate("Features", "Latent", "PredictedValue"))
        .Append(_ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            // With more threads, what is trained is not the same twice.
            LabelColumnName = "RemainingReturn", FeatureColumnName = "Features", NumberOfThreads = 1, MaximumNumberOfIterations = 200,
        }));

    private sealed class Foreseen
    {
        public float Score { get; set; }
    }
}
