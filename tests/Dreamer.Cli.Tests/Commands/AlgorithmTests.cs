using System.Text.Json;
using Dreamer.Cli.Commands;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>Every algorithm goes the whole way: trained, exported, verified, scored by ML.NET.</summary>
public sealed class AlgorithmTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-algorithm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dreamer-v1", "pendulum", "Gaussian", true)]
    [InlineData("dreamer-v1", "catch", "Gaussian", true)]
    [InlineData("dreamer-v3", "cartpole", "Categorical", false)]
    [InlineData("dreamer-v3", "pendulum", "Categorical", false)]
    public async Task An_agent_is_exported_and_scored_like_any_other(string algorithm, string environment, string latent, bool valueIncludesReward)
    {
        var (run, agent, scores) = (Path.Combine(_folder, "run"), Path.Combine(_folder, "agent"), Path.Combine(_folder, "scores.csv"));
        await SucceedAsync(
            "train", "--preset", "debug", "--algorithm", algorithm, "--env", environment, "--logdir", run, "--seed", "1", "--updates", "3",
            "--set", "Networks.VectorUnits=8", "--set", "Networks.VectorLayers=1");
        await SucceedAsync("export", run, "--out", agent, "--rollout");
        Assert.Contains("rollout_return", await SucceedAsync("verify", agent), StringComparison.Ordinal);
        await SucceedAsync("eval", agent, "--episodes", "1");
        await SucceedAsync("score", Path.Combine(run, "episodes", "*.npz"), "--agent", agent, "--out", scores);
        var lines = await File.ReadAllLinesAsync(scores);
        Assert.True(lines.Length > 20, $"{lines.Length} lines");
        Assert.DoesNotContain("NaN", string.Concat(lines[1..]), StringComparison.Ordinal);

        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(agent, "agent.json")));
        Assert.Equal(algorithm.Replace("-", "", StringComparison.Ordinal), manifest.RootElement.GetProperty("algorithm").GetString());
        Assert.Equal(latent, manifest.RootElement.GetProperty("latent").GetProperty("kind").GetString(), ignoreCase: true);
        Assert.Equal(valueIncludesReward, manifest.RootElement.GetProperty("heads").GetProperty("value_includes_reward").GetBoolean());
    }

    private static async Task<string> SucceedAsync(params string[] args)
    {
        var (code, output) = await DreamerProcess.RunAsync(args);
        Assert.True(code == DreamerCommandLine.Success, output);
        return output;
    }
}
