using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

/// <summary>What a run remembers: recordings that it is given, and episodes that still run.</summary>
public sealed class ReplayInRunTests : IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_episodes_make_the_prefill_shorter_and_stay_where_they_are()
    {
        var given = await Record(steps: 40);
        var files = Directory.GetFiles(given).Order().ToArray();
        var observer = new RecordingObserver();
        var options = Options(_folder["run"], given) with { MaxUpdates = 1, Sync = true };
        using var trainer = new DreamerTrainer(options, observer);
        await trainer.RunAsync();
        // The prefill of 20 steps is there already: the first update comes before the first step.
        Assert.Equal(0, trainer.EnvironmentSteps);
        Assert.Empty(observer.Episodes);
        Assert.Equal(files, Directory.GetFiles(given).Order());
    }

    [Fact]
    public async Task A_run_with_given_episodes_resumes_bit_for_bit()
    {
        var given = await Record(steps: 12);
        var expected = await Weights(Options(_folder["whole"], given));
        await Weights(Options(_folder["parted"], given) with { MaxUpdates = 7 });
        Assert.Equal(expected, await Weights(Options(_folder["parted"], given)));
        Assert.NotEqual(expected, await Weights(DreamerPresets.Debug));
    }

    [Fact]
    public async Task A_folder_without_episodes_is_named()
    {
        using var trainer = new DreamerTrainer(Options(_folder["run"], _folder["nothing"]));
        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => trainer.RunAsync());
        Assert.Contains(_folder["nothing"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_episodes_of_another_shape_are_refused_by_name()
    {
        var given = _folder["other"];
        EpisodeFile.Save(given, Replay.Recordings.Episode(3, 5), new ManualTime().GetUtcNow());
        using var trainer = new DreamerTrainer(Options(_folder["run"], given));
        var error = await Assert.ThrowsAsync<InvalidEpisodeException>(() => trainer.RunAsync());
        Assert.Contains("0 episodes, 0 steps taken", error.Message, StringComparison.Ordinal);
        Assert.Contains("train00000003", error.Message, StringComparison.Ordinal);
        Assert.Contains("the environment has [10, 5, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_counted_and_named_or_stop_a_strict_run()
    {
        var given = await Record(steps: 40);
        var good = Directory.GetFiles(given).Length;
        File.WriteAllText(Path.Combine(given, "20200101T000000-broken-3.npz"), "no archive");
        EpisodeFile.Save(given, Replay.Recordings.Episode(3, 5), new ManualTime().GetUtcNow());
        var observer = new RecordingObserver();
        using (var trainer = new DreamerTrainer(Options(_folder["run"], given) with { MaxUpdates = 1 }, observer))
        {
            await trainer.RunAsync();
        }
        var notice = Assert.Single(observer.Notices, text => text.Contains("files refused", StringComparison.Ordinal));
        Assert.StartsWith($"{good} episodes, ", notice, StringComparison.Ordinal);
        Assert.Contains("2 files refused: ", notice, StringComparison.Ordinal);
        Assert.Contains("broken", notice, StringComparison.Ordinal);

        var strict = Options(_folder["strict"], given);
        using var refusing = new DreamerTrainer(strict with { Replay = strict.Replay with { RequireAllStartingEpisodes = true } });
        Assert.Contains("broken", (await Assert.ThrowsAsync<InvalidEpisodeException>(() => refusing.RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ongoing_episodes_are_learnt_from_and_change_what_is_learnt()
    {
        var options = DreamerPresets.Debug with { MaxUpdates = 10 };
        var ongoing = options with { Replay = options.Replay with { Ongoing = true } };
        Assert.NotEqual(await Weights(options), await Weights(ongoing));
        var whole = await Weights(ongoing with { LogDirectory = _folder["whole"] });
        await Weights(ongoing with { LogDirectory = _folder["parted"], MaxUpdates = 6 });
        Assert.Equal(whole, await Weights(ongoing with { LogDirectory = _folder["parted"] }));
    }

    [Fact]
    public async Task Episodes_that_left_memory_stay_on_the_disk()
    {
        var options = DreamerPresets.Debug with { LogDirectory = _folder["run"] };
        using var trainer = new DreamerTrainer(options with { Replay = options.Replay with { Capacity = 18 }, PrefillSteps = 18 });
        var result = await trainer.RunAsync();
        Assert.True(result.Episodes > 4);
        Assert.Equal(result.Episodes, Directory.GetFiles(Path.Combine(_folder["run"], "episodes")).Length);
    }

    private static async Task<float[]> Weights(DreamerOptions options)
    {
        using var trainer = new DreamerTrainer(options);
        await trainer.RunAsync();
        return [.. SmallAgent.Weights(trainer.WorldModel), .. SmallAgent.Weights(trainer.ActorCritic)];
    }

    private static DreamerOptions Options(string log, string given) =>
        DreamerPresets.Debug with { LogDirectory = log, Replay = DreamerPresets.Debug.Replay with { StartingEpisodes = given } };

    /// <summary>The episodes of another run: their ids are those that a run gives its own.</summary>
    private async Task<string> Record(int steps)
    {
        var options = DreamerPresets.Debug with { LogDirectory = _folder["recorded"], Seed = 5, MaxUpdates = 1, PrefillSteps = steps };
        using var trainer = new DreamerTrainer(seed => new Catch(seed), options);
        await trainer.RunAsync();
        return Path.Combine(_folder["recorded"], "episodes");
    }
}
