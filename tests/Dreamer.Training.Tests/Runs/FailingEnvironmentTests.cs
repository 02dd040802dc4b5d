using System.Diagnostics;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

/// <summary>Simulators that throw, hang, or need to be disposed.</summary>
public sealed class FailingEnvironmentTests : IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_names_environment_episode_and_row_and_a_checkpoint_is_saved(bool sync)
    {
        var game = new Fragile(1, failAt: 60);
        using (var trainer = new DreamerTrainer(game, Options() with { Sync = sync, CheckpointEveryUpdates = 1000 }))
        {
            var error = await Assert.ThrowsAsync<EnvironmentFailedException>(() => trainer.RunAsync());
            Assert.Contains(nameof(Fragile), error.Message, StringComparison.Ordinal);
            // Episodes have nine steps: the 60th action is the sixth of the seventh.
            Assert.Contains("row 6 of episode 'train00000006'", error.Message, StringComparison.Ordinal);
            Assert.Contains("FormatException: the socket is gone", error.Message, StringComparison.Ordinal);
            Assert.IsType<FormatException>(error.InnerException);
            Assert.True(trainer.Updates > 0);
        }
        using var again = TrainingRun.Open(_folder["run"], options => options with { Environment = "catch" });
        Assert.Equal(59, again.EnvironmentSteps);
        var episodes = Directory.GetFiles(Path.Combine(_folder["run"], "episodes")).Select(EpisodeFile.Read).ToList();
        Assert.Equal(6, Assert.Single(episodes, episode => episode.Id == "train00000006").RowCount);
    }

    [Fact]
    public async Task A_failed_environment_is_replaced_as_often_as_allowed_and_counted()
    {
        var created = new List<Fragile>();
        Func<ulong, IEnvironment> factory = seed =>
        {
            created.Add(new Fragile(seed, failAt: created.Count < 2 ? 25 : int.MaxValue));
            return created[^1];
        };
        var observer = new RecordingObserver();
        using (var trainer = new DreamerTrainer(factory, Options() with { EnvironmentRestarts = 2 }, observer))
        {
            Assert.Equal(StopReason.BudgetSpent, (await trainer.RunAsync()).Reason);
        }
        Assert.Contains(observer.Notices, notice => notice.Contains("(1 of 2 restarts)", StringComparison.Ordinal));
        Assert.All(created, game => Assert.Equal(1, game.Disposals));

        created.Clear();
        using var strict = new DreamerTrainer(factory, Options() with { LogDirectory = _folder["strict"] });
        await Assert.ThrowsAsync<EnvironmentFailedException>(() => strict.RunAsync());
    }

    [Fact]
    public async Task A_call_that_hangs_ends_at_its_deadline()
    {
        using var game = new Fragile(1, hangAt: 30);
        using var trainer = new DreamerTrainer(game, Options() with { EnvironmentTimeout = TimeSpan.FromSeconds(0.5) });
        var error = await Assert.ThrowsAsync<EnvironmentFailedException>(() => trainer.RunAsync());
        Assert.Contains("did not answer within 00:00:00.5000000 (EnvironmentTimeout) at row 3 of episode 'train00000003'", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder["run"], "checkpoints")));
    }

    [Fact]
    public async Task A_run_is_cancelled_while_a_call_hangs_and_resumes()
    {
        using var cancellation = new CancellationTokenSource();
        using (var game = new Fragile(1, hangAt: 30, hanging: cancellation.Cancel))
        using (var trainer = new DreamerTrainer(game, Options()))
        {
            Assert.Equal(StopReason.Cancelled, (await trainer.RunAsync(cancellation.Token)).Reason);
        }
        using var next = new Fragile(2);
        using var resumed = new DreamerTrainer(next, Options());
        Assert.Equal(StopReason.BudgetSpent, (await resumed.RunAsync()).Reason);
    }

    [Fact]
    public async Task A_task_without_an_end_is_learned_and_evaluated()
    {
        var observer = new RecordingObserver();
        var options = Options() with { PrefillSteps = 40, MaxUpdates = 30, Evaluation = new EvaluationOptions { EveryUpdates = 20, Episodes = 1, MaxSteps = 50 } };
        using (var trainer = new DreamerTrainer(seed => new Endless(seed), options, observer))
        {
            var result = await trainer.RunAsync();
            Assert.Equal(StopReason.BudgetSpent, result.Reason);
            Assert.Equal(50, result.Evaluation!.MeanLength);
        }
        Assert.Contains(observer.Notices, notice => notice.StartsWith("No episode has ended in 1000 steps", StringComparison.Ordinal));
        using var resumed = new DreamerTrainer(seed => new Endless(seed), options with { MaxUpdates = 40 });
        Assert.Equal(40, (await resumed.RunAsync()).Updates);
    }

    [Fact]
    public async Task A_task_without_an_end_that_starts_with_recordings_learns_from_what_it_plays_as_well()
    {
        using (var recording = new DreamerTrainer(new Fragile(3), Options() with { LogDirectory = _folder["recorded"], MaxUpdates = 1 }))
        {
            await recording.RunAsync();
        }
        var observer = new RecordingObserver();
        var options = Options() with { PrefillSteps = 10, TrainEverySteps = 50, MaxUpdates = 30, Evaluation = new EvaluationOptions { EveryUpdates = 1000, Episodes = 1, MaxSteps = 20 } };
        using var trainer = new DreamerTrainer(
            seed => new Endless(seed), options with { Replay = options.Replay with { StartingEpisodes = Path.Combine(_folder["recorded"], "episodes") } }, observer);
        await trainer.RunAsync();
        Assert.Contains(observer.Notices, notice => notice.StartsWith("No episode has ended in 1000 steps", StringComparison.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder["run"], "episodes")));
    }

    [Fact]
    public async Task Environments_of_a_factory_are_disposed_and_a_single_one_is_not()
    {
        var created = new List<Fragile>();
        using (var trainer = new DreamerTrainer(
            seed =>
            {
                created.Add(new Fragile(seed));
                return created[^1];
            },
            Options() with { EnvironmentCount = 2, Evaluation = new EvaluationOptions { EveryUpdates = 5, Episodes = 1 } }))
        {
            await trainer.RunAsync();
            await trainer.ExportAsync(_folder["agent"], new() { EvaluationEpisodes = 1 }, TestContext.Current.CancellationToken);
        }
        Assert.True(created.Count > 5);
        Assert.All(created, game => Assert.Equal(1, game.Disposals));
        created.Clear();
        EnvironmentConformance.Check(
            seed =>
            {
                created.Add(new Fragile(seed));
                return created[^1];
            },
            steps: 20);
        Assert.All(created, game => Assert.Equal(1, game.Disposals));

        using var own = new Fragile(1);
        using (var trainer = new DreamerTrainer(own, Options() with { LogDirectory = null }))
        {
            await trainer.RunAsync();
        }
        Assert.Equal(0, own.Disposals);
    }

    private DreamerOptions Options() => DreamerPresets.Debug with
    {
        LogDirectory = _folder["run"], MaxUpdates = 20, Evaluation = new EvaluationOptions { EveryUpdates = 1000, Episodes = 1 },
    };

    /// <summary>Catch that never ends.</summary>
    private sealed class Endless(ulong seed) : IEnvironment
    {
        private readonly Catch _game = new(seed);

        public ObservationSpace ObservationSpace => _game.ObservationSpace;

        public ActionSpace ActionSpace => _game.ActionSpace;

        public EnvironmentStep Reset() => _game.Reset();

        public EnvironmentStep Step(ReadOnlySpan<float> action)
        {
            var step = _game.Step(action);
            return step.IsLast ? _game.Reset() with { IsFirst = false, Reward = step.Reward } : step;
        }
    }

    /// <summary>Catch that throws or hangs at an action, and counts its disposals.</summary>
    private sealed class Fragile(ulong seed, int failAt = int.MaxValue, int hangAt = int.MaxValue, Action? hanging = null) : IEnvironment, IDisposable
    {
        private readonly Catch _game = new(seed);
        private readonly ManualResetEventSlim _released = new();
        private int _actions;

        public int Disposals { get; private set; }

        public ObservationSpace ObservationSpace => _game.ObservationSpace;

        public ActionSpace ActionSpace => _game.ActionSpace;

        public EnvironmentStep Reset() => _game.Reset();

        public EnvironmentStep Step(ReadOnlySpan<float> action)
        {
            if (++_actions == failAt)
            {
                throw new FormatException("the socket is gone");
            }
            if (_actions == hangAt)
            {
                hanging?.Invoke();
                _released.Wait();
            }
            return _game.Step(action);
        }

        public void Dispose()
        {
            Disposals++;
            _released.Set();
        }
    }
}
