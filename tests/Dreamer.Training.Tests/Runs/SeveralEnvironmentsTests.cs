using Dreamer.Training.Environments;
using Dreamer.Training.Runs;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

public sealed class SeveralEnvironmentsTests
{
    [Fact]
    public async Task Each_has_a_seed_of_its_own_and_steps_are_counted_in_all()
    {
        var observer = new RecordingObserver();
        var options = DreamerPresets.Debug with { EnvironmentCount = 4, TrainEverySteps = 3, MaxUpdates = 12 };
        using var trainer = new DreamerTrainer(options, observer);
        var result = await trainer.RunAsync();
        // Four whole episodes of nine steps are the first above 20. Then an update at once, and one for every three of the steps.
        Assert.Equal(36, observer.Episodes.Take(4).Sum(episode => episode.RowCount - 1));
        Assert.Equal(0, result.EnvironmentSteps % 4);
        Assert.InRange((result.EnvironmentSteps - 36) / 3, 10, 12);
        Assert.Equal(observer.Episodes.Count, observer.Episodes.Select(episode => episode.Id).Distinct().Count());
        Assert.Equal(4, Enumerable.Range(0, 4).Select(slot => ExperienceCollector.EnvironmentSeed(1, 0, slot)).Distinct().Count());
        Assert.True(observer.Episodes.Take(8).Select(episode => Convert.ToHexString(episode.Images)).Distinct().Count() > 4);
    }

    [Fact]
    public void One_environment_cannot_be_several()
    {
        var error = Assert.Throws<ArgumentException>(() => new DreamerTrainer(new Catch(1), DreamerPresets.Debug with { EnvironmentCount = 2, Discount = 7 }));
        Assert.Contains("EnvironmentCount is 2; it must be 1 with one environment and no factory", error.Message, StringComparison.Ordinal);
        Assert.Contains("Discount is 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_number_of_environments_is_another_run()
    {
        using var folder = new RunFolder();
        var options = DreamerPresets.Debug with { LogDirectory = folder["run"], MaxUpdates = 1 };
        using (var trainer = new DreamerTrainer(options))
        {
            await trainer.RunAsync();
        }
        using var other = new DreamerTrainer(options with { EnvironmentCount = 2 });
        var error = await Assert.ThrowsAsync<Dreamer.Training.Checkpoints.InvalidCheckpointException>(() => other.RunAsync());
        Assert.Contains("EnvironmentCount was 1 and is 2", error.Message, StringComparison.Ordinal);
    }
}
