using Dreamer.Cli.Commands;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>A run resumes with its own options, and says what the command line changes.</summary>
public sealed class ResumeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_given_once_is_kept_and_changes_are_listed()
    {
        var replay = Path.GetDirectoryName(Path.GetFullPath(CommandLine.Recordings))!;
        var preset = _folder.File("mine.json");
        await File.WriteAllTextAsync(preset, """{ "Base": "debug", "Seed": 41 }""", TestContext.Current.CancellationToken);
        await SucceedAsync("train", "--preset", preset, "--logdir", Run, "--updates", "1", "--set", "WorldModel.KlScale=0.75", "--replay", replay);
        Assert.Contains("\"Seed\": 41", Config(), StringComparison.Ordinal);

        var output = await SucceedAsync("train", "--logdir", Run, "--updates", "2");
        Assert.Contains("Changed since the run's last start: MaxUpdates 1 -> 2.", output, StringComparison.Ordinal);
        Assert.All(["\"Seed\": 41", "\"KlScale\": 0.75", $"\"StartingEpisodes\": \"{replay}\"", "\"Preset\": \"mine\""], part => Assert.Contains(part, Config(), StringComparison.Ordinal));

        Assert.DoesNotContain("Changed", await SucceedAsync("train", "--preset", preset, "--logdir", Run, "--updates", "2"), StringComparison.Ordinal);

        var (code, refused) = await DreamerProcess.RunAsync("train", "--logdir", Run, "--seed", "7", "--set", "Networks.Deter=9");
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.All(["Seed was 41 and is 7", "Networks.Deter was 8 and is 9"], part => Assert.Contains(part, refused, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recordings_that_cannot_be_used_are_said_and_none_is_an_error()
    {
        var replay = _folder.File("replay");
        Directory.CreateDirectory(replay);
        await File.WriteAllTextAsync(Path.Combine(replay, "broken.npz"), "no archive", TestContext.Current.CancellationToken);
        string[] train = ["train", "--preset", "debug", "--updates", "1", "--logdir", Run, "--replay", replay];
        var (code, output) = await DreamerProcess.RunAsync(train);
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains("0 episodes, 0 steps taken", output, StringComparison.Ordinal);
        Assert.Contains("1 files refused", output, StringComparison.Ordinal);

        var recorded = Directory.GetFiles(Path.GetDirectoryName(CommandLine.Recordings)!, "*.npz")[0];
        File.Copy(recorded, Path.Combine(replay, "good.npz"));
        (code, output) = await DreamerProcess.RunAsync([.. train, "--strict"]);
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains("1 episodes, 9 steps taken", output, StringComparison.Ordinal);

        Assert.Contains("1 files refused", await SucceedAsync(train), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_of_a_moved_run_is_named_again()
    {
        var assembly = typeof(PluginCatch).Assembly.Location;
        await SucceedAsync("train", "--preset", "debug", "--updates", "1", "--logdir", Run, "--env-assembly", assembly, "--env-type", typeof(PluginCatch).FullName!);
        await File.WriteAllTextAsync(ConfigFile, Config().Replace(assembly, "/moved/away.dll", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (code, output) = await DreamerProcess.RunAsync("eval", Run, "--episodes", "1");
        Assert.Equal(DreamerCommandLine.Failure, code);
        Assert.Contains("/moved/away.dll", output, StringComparison.Ordinal);
        await SucceedAsync("eval", Run, "--episodes", "1", "--env-assembly", assembly);
        await SucceedAsync("export", Run, "--out", _folder.File("agent"), "--episodes", "1", "--env-assembly", assembly);
        await SucceedAsync("train", "--logdir", Run, "--updates", "2", "--env-assembly", assembly);
    }

    private string ConfigFile => Path.Combine(Run, "config.json");

    private string Config() => File.ReadAllText(ConfigFile);

    private static async Task<string> SucceedAsync(params string[] args)
    {
        var (code, output) = await DreamerProcess.RunAsync(args);
        Assert.True(code == DreamerCommandLine.Success, output);
        return output;
    }
}
