using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

public sealed class ResumeTests : IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(7, 1, false)]
    [InlineData(7, 1, true)]
    [InlineData(10, 1, false)]
    [InlineData(7, 3, false)]
    [InlineData(11, 3, false)]
    [InlineData(11, 3, true)]
    public async Task A_resumed_run_is_the_run_that_never_stopped(int first, int environments, bool sync)
    {
        // Three environments of nine steps, an update every five steps: open episodes of different lengths at any checkpoint.
        var whole = Options("whole") with { EnvironmentCount = environments, TrainEverySteps = 5, ActionNoise = 0.2, Sync = sync };
        var expected = await Weights(whole);
        var parted = whole with { LogDirectory = _folder["parted"] };
        await Weights(parted with { MaxUpdates = first });
        Assert.Equal(expected, await Weights(parted));
        Assert.Equal(Lines("whole"), Lines("parted"));
        Assert.Equal(EpisodeIds("whole"), EpisodeIds("parted"));
    }

    [Fact]
    public async Task A_cancelled_run_ends_cleanly_and_is_resumed_bit_for_bit()
    {
        var expected = await Weights(Options("whole"));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver { WhenProgress = _ => cancellation.Cancel() };
        using (var trainer = new DreamerTrainer(Options("cancelled"), observer))
        {
            var result = await trainer.RunAsync(cancellation.Token);
            Assert.Equal((StopReason.Cancelled, 5L), (result.Reason, result.Updates));
        }
        var resumed = new RecordingObserver();
        Assert.Equal(expected, await Weights(Options("cancelled"), resumed));
        Assert.Contains(resumed.Notices, notice => notice.Contains("update 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_came_after_the_checkpoint_that_is_left_is_done_again()
    {
        var expected = await Weights(Options("whole"));
        await Weights(Options("torn"));
        using (var stream = File.OpenWrite(Path.Combine(_folder["torn"], "checkpoints", "checkpoint-000000020.ckpt")))
        {
            stream.SetLength(stream.Length - 100);
        }
        File.Delete(Path.Combine(_folder["torn"], "checkpoints", "best.ckpt"));
        var observer = new RecordingObserver();
        Assert.Equal(expected, await Weights(Options("torn"), observer));
        Assert.Contains(observer.Notices, notice => notice.Contains("incomplete", StringComparison.Ordinal));
        Assert.Contains(observer.Notices, notice => notice.Contains("update 10", StringComparison.Ordinal));
        Assert.Equal(EpisodeIds("whole"), EpisodeIds("torn"));
    }

    [Fact]
    public async Task A_run_that_is_over_stays_over()
    {
        var options = Options("over") with { Evaluation = DreamerPresets.Debug.Evaluation with { EveryUpdates = 4, TargetReturn = -1 } };
        await Weights(options);
        using var again = new DreamerTrainer(options);
        var result = await again.RunAsync();
        Assert.Equal((StopReason.TargetReached, 4L), (result.Reason, result.Updates));
    }

    [Fact]
    public async Task Episodes_of_a_run_that_never_came_to_a_checkpoint_are_recorded_anew()
    {
        var expected = await Weights(Options("whole"));
        await Weights(Options("killed"));
        Directory.Delete(Path.Combine(_folder["killed"], "checkpoints"), recursive: true);
        Assert.Equal(expected, await Weights(Options("killed")));
        Assert.Equal(EpisodeIds("whole"), EpisodeIds("killed"));
    }

    [Fact]
    public async Task Another_run_in_the_folder_is_refused_with_what_differs()
    {
        await Weights(Options("mine") with { MaxUpdates = 2 });
        using var trainer = new DreamerTrainer(Options("mine") with { Seed = 9, Networks = DreamerPresets.Debug.Networks with { Deter = 9 } });
        var error = await Assert.ThrowsAsync<InvalidCheckpointException>(() => trainer.RunAsync());
        Assert.Contains("Seed was 0 and is 9", error.Message, StringComparison.Ordinal);
        Assert.Contains("Networks.Deter was 8 and is 9", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("{", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_options_are_listed_when_a_run_resumes()
    {
        await Weights(Options("mine") with { MaxUpdates = 2 });
        var observer = new RecordingObserver();
        await Weights(Options("mine") with { MaxUpdates = 3, Behavior = DreamerPresets.Debug.Behavior with { Lambda = 0.5 } }, observer);
        var notice = Assert.Single(observer.Notices, notice => notice.StartsWith("Changed since", StringComparison.Ordinal));
        Assert.Equal("Changed since the run's last start: Behavior.Lambda 0.95 -> 0.5; MaxUpdates 2 -> 3.", notice);
    }

    [Fact]
    public async Task A_run_is_opened_from_its_folder()
    {
        var options = Options("mine") with { MaxUpdates = 3, Preset = "renamed", WorldModel = new() { KlScale = 0.7 } };
        var expected = await Weights(options);
        using var trainer = TrainingRun.Open(_folder["mine"]);
        Assert.Equal(options, trainer.Options);
        Assert.Equal(3, trainer.Updates);
        Assert.Equal(expected, Weights(trainer));
    }

    [Fact]
    public void A_folder_without_a_run_is_named() =>
        Assert.Contains(_folder["none"], Assert.Throws<FileNotFoundException>(() => TrainingRun.Open(_folder["none"])).Message, StringComparison.Ordinal);

    private static async Task<float[]> Weights(DreamerOptions options, ITrainingObserver? observer = null)
    {
        using var trainer = new DreamerTrainer(options, observer);
        await trainer.RunAsync();
        return Weights(trainer);
    }

    private static float[] Weights(DreamerTrainer trainer) =>
        [.. SmallAgent.Weights(trainer.WorldModel), .. SmallAgent.Weights(trainer.ActorCritic)];

    private DreamerOptions Options(string name) => DreamerPresets.Debug with { LogDirectory = _folder[name] };

    /// <summary>The log's lines with what does not depend on where a run was parted: evaluations.</summary>
    private string[] Lines(string name) =>
    [
        .. File.ReadAllLines(Path.Combine(_folder[name], MetricsLog.FileName))
            .Where(line => line.Contains(MetricNames.EvaluationReturn, StringComparison.Ordinal)
                && (line.Contains("\"update\":10,", StringComparison.Ordinal) || line.Contains("\"update\":20,", StringComparison.Ordinal))),
    ];

    private string[] EpisodeIds(string name) =>
        [.. Directory.GetFiles(Path.Combine(_folder[name], "episodes")).Select(path => Path.GetFileName(path)[16..]).Order()];
}
