using Microsoft.ML;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>Scores of the same episodes are the same file, however the work is shared, stopped and gone on with.</summary>
public sealed class ScoreCommandTests : IDisposable
{
    private static readonly string[] Wide =
    [
        "EpisodeId", "Step", "IsTerminal", "Action", "Image", "Embedding", "Latent", "Surprise", "PriorLogits", "PosteriorLogits", "PredictedAction",
        "ActionProbabilities", "RolloutActions", "RolloutRewards", "RolloutReturn", "DecodedImage",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".npz")]
    [InlineData(".csv")]
    [InlineData(".idv")]
    public async Task Shards_give_the_file_that_one_process_gives(string ending)
    {
        var (whole, shared) = (File("whole" + ending), File("shared" + ending));
        await ScoreAsync(whole, "--part-files", "3", "--columns", string.Join(',', Wide), "--horizon", "2");

        foreach (var shard in new[] { 4, 2, 1, 3 })
        {
            Assert.False(System.IO.File.Exists(shared));
            await ScoreAsync(shared, "--part-files", "1", "--shard", $"{shard}/4", "--columns", string.Join(',', Wide), "--horizon", "2");
        }

        Assert.Equal(Content(whole), Content(shared));
        Assert.Equal([shared, shared + ".json", whole, whole + ".json"], Directory.GetFileSystemEntries(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Running_again_does_what_is_missing_and_nothing_else()
    {
        var scores = File("scores.csv");
        var parts = scores + ".parts";
        Assert.Contains("shard 1/2 is done", await ScoreAsync(scores, "--part-files", "1", "--shard", "1/2"), StringComparison.Ordinal);
        var written = Directory.GetFiles(parts, "*.idv").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["000000.idv", "000002.idv", "000004.idv", "000006.idv", "000008.idv"], written.Select(Path.GetFileName));

        // As where a process was killed: a part is missing, and another was begun.
        System.IO.File.Delete(written[2]);
        System.IO.File.WriteAllText(Path.Combine(parts, "000001.idv.0123.tmp"), "begun");
        var before = written.Where(System.IO.File.Exists).ToDictionary(part => part, System.IO.File.GetLastWriteTimeUtc);
        var output = await ScoreAsync(scores, "--part-files", "1", "--shard", "1/2");
        Assert.Contains("4 of 5 parts are already scored", output, StringComparison.Ordinal);
        Assert.All(before, part => Assert.Equal(part.Value, System.IO.File.GetLastWriteTimeUtc(part.Key)));
        Assert.True(System.IO.File.Exists(written[2]));

        Assert.Contains("5 of 10 parts are already scored", await ScoreAsync(scores, "--part-files", "1"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(parts));
        var whole = System.IO.File.ReadAllBytes(scores);
        var once = File("once.csv");
        await ScoreAsync(once);
        Assert.Equal(System.IO.File.ReadAllBytes(once), whole);

        // A shard that comes late finds all of it done; another seed is other scores.
        Assert.Contains("already complete", await ScoreAsync(scores, "--part-files", "1", "--shard", "2/2"), StringComparison.Ordinal);
        Assert.DoesNotContain("already complete", await ScoreAsync(scores, "--part-files", "1", "--seed", "9"), StringComparison.Ordinal);
        Assert.NotEqual(whole, System.IO.File.ReadAllBytes(scores));
    }

    [Fact]
    public async Task A_killed_run_goes_on_and_gives_the_same_file()
    {
        var recordings = Path.Combine(_folder, "recordings");
        Directory.CreateDirectory(recordings);
        var recorded = Directory.GetFiles(Path.GetDirectoryName(CommandLine.Recordings)!, "*.npz");
        for (var i = 0; i < 400; i++)
        {
            System.IO.File.Copy(recorded[i % recorded.Length], Path.Combine(recordings, $"episode-{i:D3}.npz"));
        }
        var (whole, killed) = (File("whole.parquet"), File("killed.parquet"));
        string[] arguments = ["score", recordings, "--agent", CommandLine.Agent, "--part-files", "1", "--out"];

        using (var process = new DreamerProcess([.. arguments, killed]))
        {
            await process.WaitForAsync("scoring: 40 of 400 parts");
            process.Kill();
            await process.ExitAsync();
        }
        Assert.False(System.IO.File.Exists(killed));
        var parts = Directory.GetFiles(killed + ".parts", "*.idv").Length;
        Assert.InRange(parts, 40, 399);

        var (code, output) = await CommandLine.RunAsync([.. arguments, killed]);
        Assert.Equal(0, code);
        Assert.Contains($"{parts} of 400 parts are already scored", output, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandLine.RunAsync("score", recordings, "--agent", CommandLine.Agent, "--out", whole)).ExitCode);
        Assert.Equal(System.IO.File.ReadAllBytes(whole), System.IO.File.ReadAllBytes(killed));
    }

    [Fact]
    public async Task Parts_of_other_scores_are_never_mixed_in()
    {
        var scores = File("scores.csv");
        await ScoreAsync(scores, "--part-files", "1", "--shard", "1/2");

        var (code, output) = await CommandLine.RunAsync(
            "score", CommandLine.Recordings, "--agent", CommandLine.Agent, "--out", scores, "--part-files", "1", "--shard", "2/2", "--seed", "8");

        Assert.Equal(1, code);
        Assert.Contains("holds parts of other scores", output, StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(scores + ".parts", "*.idv").Length);
    }

    [Fact]
    public async Task Parquet_files_are_scored_as_the_episodes_that_they_hold()
    {
        var ml = new MLContext();
        var parquet = File("episodes.parquet");
        ml.Data.SaveAsEpisodes(ml.Data.LoadFromEpisodes(CommandLine.Recordings), parquet);
        var (expected, scores) = (File("expected.csv"), File("scores.csv"));
        await ScoreAsync(expected);

        Assert.Equal(0, (await CommandLine.RunAsync("score", parquet, "--agent", CommandLine.Agent, "--out", scores)).ExitCode);
        Assert.Equal(System.IO.File.ReadAllBytes(expected), System.IO.File.ReadAllBytes(scores));
    }

    [Theory]
    [InlineData("Unknown column 'Luck'; allowed: EpisodeId, ", "--columns", "Step,Luck")]
    [InlineData("'9/8' is not a shard", "--shard", "9/8")]
    [InlineData("--part-files is 0", "--part-files", "0")]
    [InlineData("--horizon is -1", "--horizon", "-1")]
    public async Task Bad_input_is_refused_before_anything_is_scored(string expected, params string[] args)
    {
        var (code, output) = await CommandLine.RunAsync(
            ["score", CommandLine.Recordings, "--agent", CommandLine.Agent, "--out", File("scores.csv"), .. args]);

        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    // ML.NET writes the blocks of its binary files in the order in which threads have compressed them: those are equal in what they hold.
    private static byte[] Content(string scores)
    {
        if (!scores.EndsWith(".idv", StringComparison.Ordinal))
        {
            return System.IO.File.ReadAllBytes(scores);
        }
        var (ml, parquet) = (new MLContext(), Path.GetTempFileName());
        ml.Data.SaveAsParquet(ml.Data.LoadFromBinary(scores), parquet);
        var content = System.IO.File.ReadAllBytes(parquet);
        System.IO.File.Delete(parquet);
        return content;
    }

    private string File(string name) => Path.Combine(_folder, name);

    private static async Task<string> ScoreAsync(string output, params string[] args)
    {
        var (code, text) = await CommandLine.RunAsync(["score", CommandLine.Recordings, "--agent", CommandLine.Agent, "--out", output, .. args]);
        Assert.True(code == 0, text);
        return text;
    }
}
