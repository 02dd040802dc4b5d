using Dreamer.Cli.Commands;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>Training from the command line, in processes of its own.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_run_killed_half_way_ends_with_the_checkpoint_of_one_that_was_not(int environments)
    {
        using (var running = new DreamerProcess(Train("killed", 100_000, environments)))
        {
            await running.WaitForAsync("update    20/");
            running.Kill();
            Assert.NotEqual(DreamerCommandLine.Success, await running.ExitAsync());
        }
        var end = Directory.GetFiles(Path.Combine(_folder, "killed", "checkpoints"), "checkpoint-*.ckpt").Max(path => int.Parse(path[^14..^5])) + 20;
        await SucceedAsync(Train("killed", end, environments));
        await SucceedAsync(Train("whole", end, environments));
        // Weights, moments, counters, replay, open episodes: all of it, to the last bit.
        Assert.Equal(Checkpoint("whole", end), Checkpoint("killed", end));
        Assert.NotEqual(Checkpoint("whole", end - 10)[^32..], Checkpoint("whole", end)[^32..]);
    }

    [Fact]
    public async Task A_run_is_evaluated_as_its_export_is_and_another_starts_with_its_episodes()
    {
        var run = Path.Combine(_folder, "run");
        await SucceedAsync(Train("run", 3, 1));
        var (code, evaluated) = await DreamerProcess.RunAsync("eval", run, "--episodes", "20", "--seed", "4");
        Assert.True(code == DreamerCommandLine.Success, evaluated);
        Assert.Matches(@"^return -?\d+\.\d\d \+- \d+\.\d\d over 20 episodes$", evaluated.TrimEnd().Split('\n')[^1]);
        var (agent, weights) = (Path.Combine(_folder, "agent"), Path.Combine(_folder, "weights.safetensors"));
        var exported = await SucceedAsync("export", run, "--out", agent, "--weights", weights, "--episodes", "3");
        Assert.Contains("over 3 sampled episodes", exported, StringComparison.Ordinal);
        Assert.True(File.Exists(weights));
        Assert.Equal(evaluated, (await DreamerProcess.RunAsync("eval", Path.Combine(_folder, "agent"), "--episodes", "20", "--seed", "4")).Output);

        var output = await SucceedAsync([.. Train("next", 1, 1), "--set", "Sync=true", "--replay", Path.Combine(run, "episodes"), "--init", weights]);
        Assert.Contains("1 updates, 0 environment steps", output, StringComparison.Ordinal);
        Assert.Contains("Starting with the weights in", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_are_set_by_path_and_kept_with_the_run()
    {
        await SucceedAsync([.. Train("run", 1, 1), "--set", "WorldModel.KlScale=0.75", "--set", "networks.deter=12"]);
        var config = File.ReadAllText(Path.Combine(_folder, "run", "config.json"));
        Assert.Contains("\"KlScale\": 0.75", config, StringComparison.Ordinal);
        Assert.Contains("\"Deter\": 12", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var (code, output) = await CommandLine.RunAsync(
            [.. Train("run", 1, 0), "--set", "Networks.Depth=1", "--set", "Discount=2", "--set", "Seed"]);
        Assert.Equal(DreamerCommandLine.Failure, code);
        string[] expected = ["Networks has: Deter, Cell, Hidden", "Discount is 2; it must be in (0, 1]", "'Seed' is not of the form path=value", "EnvironmentCount is 0"];
        Assert.All(expected, part => Assert.Contains(part, output, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_folder, "run")));
    }

    private static async Task<string> SucceedAsync(params string[] args)
    {
        var (code, output) = await DreamerProcess.RunAsync(args);
        Assert.True(code == DreamerCommandLine.Success, output);
        return output;
    }

    private string[] Train(string run, int updates, int environments) =>
        ["train", "--preset", "debug", "--updates", $"{updates}", "--envs", $"{environments}", "--logdir", Path.Combine(_folder, run)];

    private byte[] Checkpoint(string run, int update) =>
        File.ReadAllBytes(Path.Combine(_folder, run, "checkpoints", $"checkpoint-{update:D9}.ckpt"));
}
