using System.Globalization;
using CsvHelper;
using Dreamer.Cli.Commands;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>Recordings that cannot be used: left out, counted and named by <c>score</c>, or its end with <c>--strict</c>.</summary>
public sealed class RefusedRecordingTests : IDisposable
{
    private static readonly string[] Names = ["left", "stay", "right"];

    private readonly TemporaryFolder _folder = new();

    public RefusedRecordingTests()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(CommandLine.Recordings)!, "*.npz"))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("64")]
    public async Task Bad_files_are_left_out_counted_and_named(string filesPerPart)
    {
        var whole = await ScoreAsync("whole.csv", 0, "--part-files", filesPerPart);
        AddBadFiles();
        var output = await ScoreAsync("scores.csv", 0, "--part-files", filesPerPart);

        Assert.DoesNotContain("refused", whole, StringComparison.Ordinal);
        Assert.True(output.Contains("4 of 14 recordings refused", StringComparison.Ordinal), output);
        Assert.All(["is not a readable .npz archive", "transpose the images", "is not one-hot", "holds NaN"], reason => Assert.Contains(reason, Lines("scores.csv.refused.txt")));
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.csv")), File.ReadAllBytes(_folder.File("scores.csv")));
        Assert.Contains("4 of 14 recordings refused", await ScoreAsync("scores.csv", 0, "--part-files", filesPerPart), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strict_run_stops_at_the_first()
    {
        AddBadFiles();
        await ScoreAsync("scores.csv", 1, "--strict");
        Assert.False(File.Exists(_folder.File("scores.csv")));
    }

    [Fact]
    public async Task Nothing_that_can_be_scored_is_an_error()
    {
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }
        AddBadFiles();
        Assert.Contains("No recording can be scored; 4 are refused", await ScoreAsync("scores.csv", 1), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(_folder.Path, "*.npz").Where(file => file.Contains("nan", StringComparison.Ordinal) || file.Contains("warm", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
        Assert.Contains("None of 2 files can be used", await ScoreAsync("scores.csv", 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_a_header_a_cell_for_each_number_and_names()
    {
        await ScoreAsync("scores.csv", 0, "--columns", "EpisodeId,Step,IsTerminal,Action,PredictedAction,ActionProbabilities,PredictedValue,Image");
        using var reader = new StreamReader(_folder.File("scores.csv"));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        string[] first = ["EpisodeId", "Step", "IsTerminal", "Action.0", "Action.1", "Action.2", "PredictedAction", "ActionProbabilities.0"];
        Assert.Equal(first, csv.HeaderRecord![..8]);
        Assert.Equal(10 + 1 + 50, csv.HeaderRecord.Length);
        var (rows, terminal) = (0, 0);
        while (csv.Read())
        {
            rows++;
            Assert.Equal(csv.HeaderRecord.Length, csv.Parser.Count);
            Assert.Contains(csv["PredictedAction"]!, Names);
            terminal += csv.GetField<bool>("IsTerminal") ? 1 : 0;
            Assert.InRange(Enumerable.Range(0, 3).Sum(i => csv.GetField<float>($"ActionProbabilities.{i}")), 0.99f, 1.01f);
            Assert.InRange(csv.GetField<byte>("Image.49"), 0, 255);
        }
        Assert.Equal((100, 10), (rows, terminal));
    }

    [Fact]
    public async Task Recordings_of_steps_give_the_scores_of_the_reference_s_layout()
    {
        var (steps, scores) = (_folder.File("steps"), new List<string>());
        foreach (var file in Directory.GetFiles(_folder.Path, "*.npz"))
        {
            var episode = EpisodeFile.Read(file);
            var rows = episode.RowCount;
            Save(steps, episode, episode.Id, actions: [.. episode.Actions[episode.ActionSize..], .. new float[episode.ActionSize]], rewards: [.. episode.Rewards[1..], 0]);
            Assert.Equal(rows, episode.RowCount);
        }
        await ScoreAsync("led.csv", 0);
        var (code, output) = await CommandLine.RunAsync(
            "score", steps, "--agent", CommandLine.Agent, "--out", _folder.File("taken.csv"), "--action-timing", "taken-here");
        Assert.True(code == 0, output);
        Assert.Equal(Lines("led.csv"), Lines("taken.csv"));

        (code, output) = await CommandLine.RunAsync("score", steps, "--agent", CommandLine.Agent, "--out", _folder.File("x.csv"), "--action-timing", "sometimes");
        Assert.Equal(1, code);
        Assert.Contains("allowed: led-here, taken-here", output, StringComparison.Ordinal);
    }

    private void AddBadFiles()
    {
        var episode = EpisodeFile.Read(Directory.GetFiles(Path.GetDirectoryName(CommandLine.Recordings)!, "*.npz")[0]);
        File.WriteAllText(_folder.File("broken.npz"), "no archive");
        Save(_folder.Path, episode, "transposed", shape: new ImageShape(5, 10, 1));
        Save(_folder.Path, episode, "warm", actions: [.. episode.Actions.Select(value => value * 0.5f)]);
        Save(_folder.Path, episode, "nan", rewards: [.. episode.Rewards.Select(_ => float.NaN)]);
    }

    private static void Save(string folder, Episode episode, string id, ImageShape? shape = null, float[]? actions = null, float[]? rewards = null) => EpisodeFile.Save(
        folder,
        new Episode
        {
            Id = id,
            ImageShape = shape ?? episode.ImageShape,
            Images = episode.Images,
            ActionSize = episode.ActionSize,
            Actions = actions ?? episode.Actions,
            Rewards = rewards ?? episode.Rewards,
            IsFirst = episode.IsFirst,
            IsLast = episode.IsLast,
            IsTerminal = episode.IsTerminal,
        },
        DateTimeOffset.UnixEpoch);

    private string Lines(string name) => File.ReadAllText(_folder.File(name));

    private async Task<string> ScoreAsync(string output, int expected, params string[] args)
    {
        var (code, text) = await CommandLine.RunAsync(["score", _folder.Path, "--agent", CommandLine.Agent, "--out", _folder.File(output), .. args]);
        Assert.True(code == expected, text);
        return text;
    }
}
