using Dreamer.Inference;
using Dreamer.Inference.Verification;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_opened_where_it_was_left_and_exported_with_where_it_came_from()
    {
        var options = DreamerPresets.Debug with { Seed = 3, LogDirectory = _folder["run"] };
        using (var trainer = new DreamerTrainer(options))
        {
            await trainer.RunAsync(TestContext.Current.CancellationToken);
        }

        using var opened = TrainingRun.Open(_folder["run"]);
        var manifest = await opened.ExportAsync(_folder["agent"], TestContext.Current.CancellationToken);
        Assert.Equal(("catch", "debug", 3UL, 20L), (manifest.Name, manifest.Preset, manifest.Provenance.Seed, manifest.Provenance.Updates));
        Assert.Equal(["greedy 50", "sampled 50"], manifest.Provenance.Evaluations.Select(score => $"{score.ActionSelection} {score.Episodes}"));
        Assert.Equal("TorchSharp", manifest.Provenance.Packages.Keys.Last());
        Assert.DoesNotContain(_folder["run"], File.ReadAllText(Path.Combine(_folder["agent"], AgentManifest.FileName)), StringComparison.Ordinal);
        Assert.True(opened.CheckExport(_folder["agent"]).Passed);
        Assert.All(AgentVerifier.Verify(_folder["agent"]), output => Assert.True(output.Passed, $"{output}"));
    }

    [Fact]
    public async Task Other_weights_than_those_that_were_exported_do_not_pass()
    {
        using var one = new DreamerTrainer(DreamerPresets.Debug with { Seed = 1 });
        using var other = new DreamerTrainer(DreamerPresets.Debug with { Seed = 2 });
        await one.ExportAsync(_folder["agent"], TestContext.Current.CancellationToken);
        Assert.True(one.CheckExport(_folder["agent"]).Passed);
        Assert.False(other.CheckExport(_folder["agent"]).Passed);
    }

    [Fact]
    public void A_folder_without_a_run_is_named() =>
        Assert.Contains("There is no training run in", Assert.Throws<FileNotFoundException>(() => TrainingRun.Open(_folder["none"])).Message, StringComparison.Ordinal);
}
