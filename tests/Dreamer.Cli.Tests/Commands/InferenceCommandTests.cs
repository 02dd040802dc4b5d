using System.Text.RegularExpressions;
using Dreamer.Cli.Tests.Repository;
using SkiaSharp;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>The commands that a machine without TorchSharp could run: none of them may load it.</summary>
/// <remarks>Runs in this process, whose other tests run TorchSharp only in children, so that its memory map is the witness.</remarks>
public sealed partial class InferenceCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-cli-").FullName;

    public void Dispose()
    {
        // Every test of this class is also this test: TorchRuntimeTests shows that libtorch, once loaded, stands in the map.
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain("libtorch", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Verify_compares_every_output_and_succeeds()
    {
        var (code, output) = await CommandLine.RunAsync("verify", CommandLine.Agent);
        Assert.Equal(0, code);
        Assert.Contains("28 outputs compared, 0 differ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_says_what_a_step_costs()
    {
        var (code, output) = await CommandLine.RunAsync("inspect", CommandLine.Agent);
        Assert.Equal(0, code);
        foreach (var part in (string[])["one of 3: left, stay, right", "8 x 8 classes + 128 deterministic", "prev_latent 192", "encoder.onnx, rssm_observe.onnx, policy.onnx"])
        {
            Assert.Contains(part, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Eval_ends_with_the_return()
    {
        var (code, output) = await CommandLine.RunAsync("eval", CommandLine.Agent, "--episodes", "50", "--seed", "3");
        Assert.Equal(0, code);
        var match = ReturnLine().Match(output.TrimEnd().Split('\n')[^1]);
        Assert.True(match.Success, output);
        Assert.InRange(double.Parse(match.Groups["mean"].Value), 0.9, 1);
        Assert.Equal((code, output), await CommandLine.RunAsync("eval", CommandLine.Agent, "--episodes", "50", "--seed", "3"));
    }

    [Fact]
    public async Task Eval_samples_where_it_is_asked_to()
    {
        var (code, output) = await CommandLine.RunAsync("eval", CommandLine.Agent, "--episodes", "5", "--sample");
        Assert.Equal(0, code);
        Assert.Contains("over 5 episodes", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Play_prints_a_line_a_step()
    {
        var (code, output) = await CommandLine.RunAsync("play", CommandLine.Agent, "--episodes", "2");
        Assert.Equal(0, code);
        Assert.Equal(20, output.Split('\n').Count(line => line.Contains("surprise", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Play_says_what_is_done_where_actions_are_numbers()
    {
        var (code, output) = await CommandLine.RunAsync("play", RepositoryRoot.File("onnx", "pendulum"), "--episodes", "1");
        Assert.Equal(0, code);
        Assert.All(output.Split('\n').Where(line => line.Contains("surprise", StringComparison.Ordinal)), line => Assert.Matches(@"-> -?\d\.\d\d$", line.TrimEnd()));
    }

    [Fact]
    public async Task Score_writes_a_row_for_every_recorded_row_and_the_same_through_a_saved_pipeline()
    {
        var (csv, again, zip) = (Path.Combine(_folder, "a.csv"), Path.Combine(_folder, "b.csv"), Path.Combine(_folder, "p.zip"));
        Assert.Equal(0, (await CommandLine.RunAsync("score", CommandLine.Recordings, "--agent", CommandLine.Agent, "--out", csv, "--save-pipeline", zip)).ExitCode);
        Assert.Equal(0, (await CommandLine.RunAsync("score", CommandLine.Recordings, "--pipeline", zip, "--out", again)).ExitCode);
        var lines = File.ReadAllLines(csv);
        Assert.Equal("EpisodeId,Step,Reward,PredictedAction,PredictedReward,PredictedDiscount,PredictedValue,Surprise", lines[0]);
        Assert.Equal(101, lines.Length);
        Assert.Equal(lines, File.ReadAllLines(again));
    }

    [Fact]
    public async Task Report_writes_a_page_that_needs_no_network()
    {
        var page = Path.Combine(_folder, "report.html");
        var (code, output) = await CommandLine.RunAsync("report", CommandLine.Agent, "--out", page, "--episodes", "1");
        Assert.Equal(0, code);
        Assert.Contains(page, output, StringComparison.Ordinal);
        var html = File.ReadAllText(page);
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_films_the_rows_that_were_asked_for()
    {
        var (page, film, whole) = (Path.Combine(_folder, "report.html"), Path.Combine(_folder, "film.png"), Path.Combine(_folder, "whole.png"));
        var (code, output) = await CommandLine.RunAsync(
            "report", CommandLine.Agent, "--out", page, "--episodes", "2", "--film", film, "--film-rows", "8-11", "--film-delay", "40");
        Assert.Equal(0, code);
        Assert.Contains($"film of 4 rows: {film}", output, StringComparison.Ordinal);
        using var first = SKBitmap.Decode(film);
        Assert.True(first.Width > first.Height);

        (code, output) = await CommandLine.RunAsync("report", CommandLine.Agent, "--out", page, "--episodes", "2", "--film", whole);
        Assert.Equal(0, code);
        Assert.Contains($"film of 10 rows: {whole}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Agent folder 'none' not found", "verify", "none")]
    [InlineData("Agent folder 'none' not found", "inspect", "none")]
    [InlineData("There is no environment 'moon'. The environments are: breakout, cartpole", "eval", "AGENT", "--env", "moon")]
    [InlineData("There is no preset 'moon'. The presets are: atari, ", "train", "--preset", "moon", "--logdir", "FOLDER")]
    [InlineData("allowed: .parquet, .npz, .csv, .idv", "score", "RECORDINGS", "--agent", "AGENT", "--out", "scores.doc")]
    [InlineData("either --agent or --pipeline", "score", "RECORDINGS", "--out", "scores.csv")]
    [InlineData("'none' is not a training run", "report", "AGENT", "--run", "none", "--out", "FOLDER/x.html")]
    [InlineData("--picture-row is 999; allowed: 0 to 9", "report", "AGENT", "--episodes", "1", "--picture", "FOLDER/x.png", "--picture-row", "999", "--out", "FOLDER/x.html")]
    [InlineData("--film-rows is 5-10; allowed: 0 to 9", "report", "AGENT", "--episodes", "1", "--film", "FOLDER/x.png", "--film-rows", "5-10", "--out", "FOLDER/x.html")]
    [InlineData("--film-rows is '9-5'; it must be FROM-TO", "report", "AGENT", "--film", "FOLDER/x.png", "--film-rows", "9-5", "--out", "FOLDER/x.html")]
    [InlineData("--film-rows needs --film", "report", "AGENT", "--film-rows", "5-9", "--out", "FOLDER/x.html")]
    [InlineData("its extension must be .png", "report", "AGENT", "--film", "FOLDER/x.gif", "--out", "FOLDER/x.html")]
    [InlineData("--film-delay is 0; it must be from 1 to 65535", "report", "AGENT", "--film", "FOLDER/x.png", "--film-delay", "0", "--out", "FOLDER/x.html")]
    [InlineData("needs an agent with discrete actions", "report", "PENDULUM", "--episodes", "1", "--film", "FOLDER/x.png", "--out", "FOLDER/x.html")]
    [InlineData("--frames is 0; it must be at least 1", "report", "AGENT", "--frames", "0", "--out", "FOLDER/x.html")]
    [InlineData("There is no training run in", "export", "none", "--out", "FOLDER/agent")]
    [InlineData("either a run or --preset", "export", "--out", "FOLDER/agent")]
    [InlineData("--out, or --weights with a run", "export", "none")]
    [InlineData("Argument 'int4' not recognized", "export", "none", "--out", "FOLDER/agent", "--quantize", "int4")]
    [InlineData("none.npz", "score", "none.npz", "--agent", "AGENT", "--out", "FOLDER/scores.csv")]
    [InlineData("is not a readable .npz archive", "score", "BROKEN", "--agent", "AGENT", "--out", "FOLDER/scores.csv")]
    [InlineData("'--film-delay'", "report", "AGENT", "--film", "FOLDER/x.png", "--film-delay", "many", "--out", "FOLDER/x.html")]
    [InlineData("'--episodes'", "eval", "AGENT", "--episodes", "many")]
    [InlineData("episodes", "eval", "AGENT", "--episodes", "0")]
    public async Task Bad_input_fails_with_what_is_wrong_and_what_is_allowed(string expected, params string[] args)
    {
        var broken = Path.Combine(_folder, "broken.npz");
        File.WriteAllText(broken, "no archive");
        var (code, output) = await CommandLine.RunAsync([.. args.Select(arg => arg
            .Replace("PENDULUM", RepositoryRoot.File("onnx", "pendulum"), StringComparison.Ordinal)
            .Replace("AGENT", CommandLine.Agent, StringComparison.Ordinal)
            .Replace("RECORDINGS", CommandLine.Recordings, StringComparison.Ordinal)
            .Replace("BROKEN", broken, StringComparison.Ordinal)
            .Replace("FOLDER", _folder, StringComparison.Ordinal))]);
        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^return (?<mean>-?\d+\.\d\d) \+- \d+\.\d\d over 50 episodes$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReturnLine();
}
