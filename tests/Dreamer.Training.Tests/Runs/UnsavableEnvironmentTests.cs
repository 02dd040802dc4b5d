using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Dreamer.Training.Replay;
using Dreamer.Training.Runs;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

/// <summary>What an environment did that cannot be brought back to a checkpoint is not thrown away.</summary>
public sealed class UnsavableEnvironmentTests : IDisposable
{
    private readonly RunFolder _folder = new();
    private readonly List<ulong> _seeds = [];

    private DreamerOptions Options => DreamerPresets.Debug with
    {
        LogDirectory = _folder["run"], EnvironmentCount = 2, Evaluation = DreamerPresets.Debug.Evaluation with { EveryUpdates = 1000 },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_open_episodes_are_kept_as_cut_and_new_ones_start_in_environments_of_other_seeds()
    {
        await Run(Options with { MaxUpdates = 7 });
        var before = Episodes();
        Assert.All(before, episode => Assert.True(episode.IsTerminal[^1]));
        _seeds.Clear();

        var observer = await Run(Options);
        Assert.Contains(observer.Notices, notice => notice.Contains("and 2 that were running then", StringComparison.Ordinal));
        var cut = Episodes().Where(episode => episode.RowCount < 10).ToArray();
        Assert.Equal([EpisodeDirectory.IdOf(before.Length), EpisodeDirectory.IdOf(before.Length + 1)], cut.Select(episode => episode.Id));
        Assert.All(cut, episode => Assert.True(episode.IsLast[^1] && !episode.IsTerminal[^1]));

        var next = before.Length + 2;
        ulong[] expected = [Seed(0, 0), Seed(0, 1), Seed(next, 0), Seed(next, 1)];
        Assert.Equal(expected, _seeds[..4]);
        Assert.Equal(4, expected.Distinct().Count());
        Assert.All(observer.Episodes, episode => Assert.Equal(10, episode.RowCount));

        ulong Seed(long episodes, int slot) => ExperienceCollector.EnvironmentSeed(Options.Seed, episodes, slot);
    }

    [Fact]
    public async Task Episodes_after_the_last_checkpoint_are_kept_and_learnt_from()
    {
        await Run(Options with { MaxUpdates = 20 });
        var recorded = Episodes();
        File.Delete(Path.Combine(_folder["run"], "checkpoints", "checkpoint-000000020.ckpt"));
        File.Delete(Path.Combine(_folder["run"], "checkpoints", "best.ckpt"));

        var observer = await Run(Options);
        Assert.Contains(observer.Notices, notice => notice.Contains("update 10", StringComparison.Ordinal));
        var kept = Episodes().ToDictionary(episode => episode.Id);
        Assert.All(recorded, episode => Assert.Equal(episode.Rewards, kept[episode.Id].Rewards));
        Assert.All(recorded, episode => Assert.Equal(episode.Images, kept[episode.Id].Images));
        Assert.DoesNotContain(observer.Episodes, episode => recorded.Any(old => old.Id == episode.Id));
    }

    [Fact]
    public async Task A_run_that_never_came_to_a_checkpoint_keeps_its_episodes_too()
    {
        await Run(Options with { MaxUpdates = 3 });
        var recorded = Episodes();
        Directory.Delete(Path.Combine(_folder["run"], "checkpoints"), recursive: true);
        // They are the prefill of the run that starts over, too.
        var observer = await Run(Options);
        Assert.True(observer.Progress[0].EnvironmentSteps < Options.PrefillSteps);
        Assert.True(recorded.Select(episode => episode.Id).ToHashSet().IsProperSubsetOf(Episodes().Select(episode => episode.Id)));
    }

    private async Task<RecordingObserver> Run(DreamerOptions options)
    {
        var observer = new RecordingObserver();
        using var trainer = new DreamerTrainer(
            seed =>
            {
                _seeds.Add(seed);
                return new UnsavableCatch(seed);
            },
            options,
            observer);
        Assert.Equal(options.MaxUpdates, (await trainer.RunAsync()).Updates);
        return observer;
    }

    private Episode[] Episodes() =>
        [.. Directory.GetFiles(Path.Combine(_folder["run"], "episodes")).Select(EpisodeFile.Read).OrderBy(episode => episode.Id, StringComparer.Ordinal)];
}
