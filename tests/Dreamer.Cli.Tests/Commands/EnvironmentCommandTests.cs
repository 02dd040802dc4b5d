using Dreamer.Cli.Commands;
using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

public sealed class EnvironmentCommandTests : IDisposable
{
    private static readonly string Assembly = typeof(PluginCatch).Assembly.Location;

    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-env-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_list_says_what_each_sees_and_does()
    {
        var (code, output) = await CommandLine.RunAsync("env", "list");
        Assert.Equal(DreamerCommandLine.Success, code);
        Assert.All(EnvironmentRegistry.Default.Names, name => Assert.Contains($"│ {name} ", output, StringComparison.Ordinal));
        string[] parts = ["one of left, down, right, up", "a number from -2 to 2", "an image of [64, 64, 3]", "4 numbers"];
        Assert.All(parts, part => Assert.Contains(part, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_conforms_passes()
    {
        var (code, output) = await CommandLine.RunAsync("env", "check", "pendulum", "--steps", "500");
        Assert.True(code == DreamerCommandLine.Success, output);
        Assert.DoesNotContain("failed", output, StringComparison.Ordinal);
        Assert.Matches("rows .*passed .*500 steps; 0 episodes ended terminal, [12] by a limit", output);
        Assert.Matches("saved state .*passed", output);
    }

    [Fact]
    public async Task What_was_not_seen_is_said()
    {
        var (code, output) = await CommandLine.RunAsync("env", "check", "pendulum", "--steps", "20");
        Assert.True(code == DreamerCommandLine.Success, output);
        Assert.Contains("20 steps; no episode ended", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_the_contract_fails_and_is_said()
    {
        var (code, output) = await CommandLine.RunAsync("env", "check", "--env-assembly", Assembly, "--env-type", typeof(PluginWithoutFirst).FullName!);
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains("rows: Reset returned a row without IsFirst.", output, StringComparison.Ordinal);
        Assert.Matches("actions .*passed", output);
    }

    [Theory]
    [InlineData("No environment given")]
    [InlineData("There is no environment 'pong'", "pong")]
    [InlineData("needs --env-assembly", "--env-type", "My.Env")]
    [InlineData("only one is allowed", "catch", "--env-assembly", "my.dll")]
    [InlineData("There is no assembly", "--env-assembly", "/no/such/my.dll")]
    public async Task What_cannot_be_checked_is_said(string expected, params string[] args)
    {
        var (code, output) = await CommandLine.RunAsync(["env", "check", .. args]);
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_in_an_environment_of_ones_own_is_resumed_evaluated_and_exported()
    {
        var (run, agent) = (Path.Combine(_folder, "run"), Path.Combine(_folder, "agent"));
        string[] plugin = ["--env-assembly", Assembly, "--env-type", typeof(PluginCatch).FullName!];
        string[] train = ["train", "--preset", "debug", "--logdir", run, .. plugin];
        await SucceedAsync([.. train, "--updates", "2"]);
        Assert.Contains("4 updates", await SucceedAsync([.. train, "--updates", "4"]), StringComparison.Ordinal);

        string[] play = ["--episodes", "10", "--seed", "4"];
        var evaluated = await SucceedAsync(["eval", run, .. play]);
        await SucceedAsync("export", run, "--out", agent);
        var manifest = File.ReadAllText(Path.Combine(agent, "agent.json"));
        Assert.Contains(typeof(PluginCatch).FullName!, manifest, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(Assembly)!, manifest, StringComparison.Ordinal);

        var (code, output) = await CommandLine.RunAsync(["eval", agent, .. play]);
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains("name its --env-assembly", output, StringComparison.Ordinal);
        Assert.Equal(evaluated, await SucceedAsync(["eval", agent, .. play, .. plugin]));
        // Of the same seed and rules, though by another name.
        Assert.Equal(evaluated, await SucceedAsync(["eval", agent, .. play, "--env", "catch"]));
    }

    private static async Task<string> SucceedAsync(params string[] args)
    {
        var (code, output) = await DreamerProcess.RunAsync(args);
        Assert.True(code == DreamerCommandLine.Success, output);
        return output;
    }
}
