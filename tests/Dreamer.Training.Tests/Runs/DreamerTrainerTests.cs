using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Telemetry;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

public class DreamerTrainerTests
{
    private static readonly DreamerOptions Debug = DreamerPresets.Debug;

    [Fact]
    public async Task A_run_plays_learns_evaluates_and_ends_with_its_budget()
    {
        var observer = new RecordingObserver();
        using var trainer = new DreamerTrainer(Debug, observer);
        var before = SmallAgent.Weights(trainer.WorldModel);
        var result = await trainer.RunAsync();
        Assert.Equal((StopReason.BudgetSpent, 20L), (result.Reason, result.Updates));
        // 27 steps are the first whole episodes above 20; then the initial update and one more at once, and 18 more, with two steps beside each.
        Assert.Equal(27 + 19 * Debug.TrainEverySteps - 1, result.EnvironmentSteps);
        Assert.NotEqual(before, SmallAgent.Weights(trainer.WorldModel));
        Assert.Equal([10L, 20L], observer.Evaluations.Select(e => e.Updates));
        Assert.Equal(observer.Evaluations[^1], result.Evaluation);
        Assert.Equal([5L, 10L, 15L, 20L], observer.Progress.Select(p => p.Updates));
        Assert.Equal(result.Episodes, observer.Episodes.Count);
        Assert.All(observer.Episodes, episode => Assert.Equal(10, episode.RowCount));
        Assert.Contains(observer.Progress[0].Metrics, metric => metric.Key == MetricNames.ImageLoss && metric.Value > 40);
    }

    [Fact]
    public async Task Equal_seeds_give_equal_runs_and_others_do_not()
    {
        var options = Debug with { MaxUpdates = 6 };
        Assert.Equal(await Weights(options), await Weights(options));
        Assert.NotEqual(await Weights(options), await Weights(options with { Seed = 1 }));

        static async Task<float[]> Weights(DreamerOptions options)
        {
            using var trainer = new DreamerTrainer(options);
            await trainer.RunAsync();
            return [.. SmallAgent.Weights(trainer.WorldModel), .. SmallAgent.Weights(trainer.ActorCritic)];
        }
    }

    [Fact]
    public async Task The_target_ends_the_run()
    {
        // Every return of Catch is at least -1.
        var options = Debug with { Evaluation = Debug.Evaluation with { EveryUpdates = 4, TargetReturn = -1 } };
        using var trainer = new DreamerTrainer(options);
        var result = await trainer.RunAsync();
        Assert.Equal((StopReason.TargetReached, 4L), (result.Reason, result.Updates));
    }

    [Fact]
    public async Task One_environment_does_for_training_and_evaluation()
    {
        var observer = new RecordingObserver();
        using var trainer = new DreamerTrainer(new Catch(3), Debug, observer);
        var result = await trainer.RunAsync();
        Assert.Equal(20, result.Updates);
        Assert.NotEmpty(observer.Evaluations);
        Assert.All(observer.Episodes, episode => Assert.Equal(10, episode.RowCount));
    }

    [Fact]
    public async Task Updates_and_episodes_leave_no_tensors_behind()
    {
        TensorCount.Settle();
        var counts = new List<long>();
        var observer = new RecordingObserver { WhenProgress = _ => counts.Add(torch.Tensor.TotalCount) };
        using var trainer = new DreamerTrainer(Debug with { MaxUpdates = 40, Evaluation = Debug.Evaluation with { EveryUpdates = 7 } }, observer);
        await trainer.RunAsync();
        Assert.Equal(8, counts.Count);
        Assert.All(counts, count => Assert.Equal(counts[0], count));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public async Task Noise_on_evaluated_actions_changes_what_is_scored_and_nothing_that_is_learnt(double amount)
    {
        var options = Debug with { Evaluation = Debug.Evaluation with { Episodes = 20 } };
        var (greedy, weights) = await Run(options);
        var (noisy, same) = await Run(options with { Evaluation = options.Evaluation with { ActionNoise = amount } });
        Assert.NotEqual(greedy.Evaluations.Select(e => e.MeanReturn), noisy.Evaluations.Select(e => e.MeanReturn));
        Assert.Equal(weights, same);

        static async Task<(RecordingObserver, float[])> Run(DreamerOptions options)
        {
            var observer = new RecordingObserver();
            using var trainer = new DreamerTrainer(options, observer);
            await trainer.RunAsync();
            return (observer, SmallAgent.Weights(trainer.WorldModel));
        }
    }

    [Fact]
    public async Task Memory_stays_flat()
    {
        // Many times as much would have to be held as the run ever needs at once. The long form of this is in .ci/long.
        var bytes = new List<double>();
        var observer = new RecordingObserver { WhenProgress = progress => bytes.Add(progress.Metrics.Single(m => m.Key == MetricNames.ResidentBytes).Value) };
        using var trainer = new DreamerTrainer(Debug with { MaxUpdates = 200, Replay = Debug.Replay with { Capacity = 100 } }, observer);
        await trainer.RunAsync();
        Assert.Equal(40, bytes.Count);
        Assert.InRange(bytes[^1] - bytes[10], double.NegativeInfinity, 64e6);
    }

    [Fact]
    public async Task A_trainer_runs_once_at_a_time()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var observer = new RecordingObserver
        {
            WhenProgress = _ =>
            {
                entered.Set();
                leave.Wait();
            },
        };
        using var trainer = new DreamerTrainer(Debug, observer);
        var run = trainer.RunAsync();
        entered.Wait();
        await Assert.ThrowsAsync<InvalidOperationException>(() => trainer.RunAsync());
        leave.Set();
        await run;
    }

    [Fact]
    public void Wrong_options_are_listed_all_at_once()
    {
        var wrong = new DreamerOptions
        {
            Discount = 1.5,
            Threads = -1,
            Networks = new NetworkOptions { Deter = 0 },
            WorldModel = new() { KlBalance = 2, Optimizer = new() { LearningRate = double.NaN } },
            Behavior = new() { Horizon = 1 },
            Replay = new() { BatchSize = 0 },
            Evaluation = new() { Episodes = 0 },
        };
        var error = Assert.Throws<ArgumentException>(() => new DreamerTrainer(new Catch(1), wrong));
        foreach (var part in new[]
        {
            "Discount is 1.5", "Threads is -1", "Networks.Deter is 0", "WorldModel.KlBalance is 2", "WorldModel.Optimizer.LearningRate is NaN",
            "Behavior.Horizon is 1", "Replay.BatchSize is 0", "Evaluation.Episodes is 0",
        })
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_environment_that_is_not_known_is_named() =>
        Assert.Contains("'custom'", Assert.Throws<ArgumentException>(() => new DreamerTrainer(new DreamerOptions())).Message, StringComparison.Ordinal);

    [Fact]
    public void Presets_can_be_used() =>
        Assert.All([DreamerPresets.Catch, DreamerPresets.Debug], preset => Assert.Empty(preset.Errors(new Catch(1).ObservationSpace)));
}
