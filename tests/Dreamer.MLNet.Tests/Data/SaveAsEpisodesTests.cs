using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Dreamer.MLNet.Tests.Data;

public sealed class SaveAsEpisodesTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("saved")]
    [InlineData("saved.parquet")]
    public void What_is_saved_is_loaded_again(string path)
    {
        var recording = Recording.Usual();

        _ml.Data.SaveAsEpisodes(_ml.Data.LoadFromEnumerable(recording.Rows), _folder.File(path));

        var loaded = _ml.Data.LoadFromEpisodes(_folder.File(path));
        var rows = _ml.Data.CreateEnumerable<LoggedRow>(loaded, reuseRowObject: false);
        Assert.Equal(recording.Rows.Select(Describe), rows.Select(Describe));
        Assert.Equal("Vector<Byte, 6, 5, 1>", loaded.Schema["Image"].Type.ToString());
        Assert.Equal(recording.Rows.Select(row => row.Reward), loaded.InParallel("Reward", 3, (float value) => value));
    }

    [Theory]
    [InlineData("saved")]
    [InlineData("saved.parquet")]
    public void Rows_of_other_columns_are_saved_by_their_names(string path)
    {
        var rows = new[]
        {
            new VectorRow { Game = "b", Start = true, Key = 2, Sensors = [1, 2], Won = 0 },
            new VectorRow { Game = "b", Key = 0, Sensors = [3, 4], Won = 1 },
            new VectorRow { Game = "b", Key = 1, Sensors = [5, 6], Won = 2 },
            new VectorRow { Game = "a", Start = true, Key = 1, Sensors = [7, 8], Won = 3 },
            new VectorRow { Game = "a", Key = 1, Sensors = [9, 0], Won = 4 },
        };
        var options = new SaveEpisodesOptions
        {
            EpisodeIdColumnName = "Game",
            IsFirstColumnName = "Start",
            ActionColumnName = "Key",
            VectorColumnName = "Sensors",
            RewardColumnName = "Won",
            ActionTiming = ActionTiming.TakenHere,
        };

        _ml.Data.SaveAsEpisodes(_ml.Data.LoadFromEnumerable(rows), _folder.File(path), options);

        var loaded = _ml.Data.LoadFromEpisodes(_folder.File(path));
        // Each episode's last step brought a reward, so that its last observation is repeated as the one it led to.
        VectorRow[] b = [rows[0], rows[1], rows[2], rows[2]], a = [rows[3], rows[4], rows[4]];
        var bIsFirst = loaded.Texts("EpisodeId")[0] == "b";
        T[] InOrder<T>(T[] ofB, T[] ofA) => bIsFirst ? [.. ofB, .. ofA] : [.. ofA, .. ofB];
        Assert.Equal(InOrder(b, a).Select(row => row.Sensors), loaded.Vectors("Vector"));
        Assert.Equal(InOrder([0f, 0, 1, 2], [0, 3, 4]), loaded.Singles("Reward"));
        // [KeyType] counts from 0: what led to a row is what was taken at the row before, in its episode.
        Assert.Equal(InOrder<float[]>([[0, 0, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]], [[0, 0, 0], [0, 1, 0], [0, 1, 0]]), loaded.Vectors("Action"));
        Assert.Equal(InOrder([false, false, false, true], [false, false, true]), Flags(loaded, "IsLast"));
    }

    [Fact]
    public void A_reward_in_a_first_row_is_questioned_unless_its_timing_is_given()
    {
        LoggedRow[] rows = [.. Recording.Usual().Rows];
        rows[0].Reward = 7;
        var warnings = new List<string>();
        _ml.Log += (_, entry) => { if (entry.Kind == ChannelMessageKind.Warning) { warnings.Add(entry.Message); } };

        _ml.Data.SaveAsEpisodes(_ml.Data.LoadFromEnumerable(rows), _folder.File("saved"), new() { RewardTiming = ActionTiming.LedHere });
        Assert.Empty(warnings);

        _ml.Data.SaveAsEpisodes(_ml.Data.LoadFromEnumerable(rows), _folder.File("asked"));
        Assert.Contains("row 0 is the first of an episode and has the reward 7", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_episode_that_ends_in_the_middle_is_refused()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);
        var ended = _ml.Transforms.CustomMapping<StepRow, EndRow>((row, end) => end.IsTerminal = row.Step == 1, null).Fit(data).Transform(data);

        var error = Assert.Throws<InvalidDataException>(() => _ml.Data.SaveAsEpisodes(ended, _folder.File("saved")));

        Assert.Contains("row 1 is terminal, but row 2 does not start an episode", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_stand_together_are_refused()
    {
        var rows = Recording.Usual().Rows.Where((_, i) => i != 13);

        var error = Assert.Throws<InvalidDataException>(() => _ml.Data.SaveAsEpisodes(_ml.Data.LoadFromEnumerable(rows), _folder.File("saved")));

        Assert.Contains("goes from 'episode-1' to 'episode-2'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_other_types_are_refused()
    {
        var data = _ml.Data.LoadFromEnumerable(Recording.Usual().Rows);

        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Data.SaveAsEpisodes(data, _folder.Path, new() { RewardColumnName = "Step" }));

        Assert.Contains("'Step' is Int64; RewardColumnName expects Single", error.Message, StringComparison.Ordinal);
    }

    private bool[] Flags(IDataView view, string column) =>
        [.. _ml.Data.CreateEnumerable<FlagRow>(_ml.Transforms.CopyColumns("Flag", column).Fit(view).Transform(view), reuseRowObject: false).Select(row => row.Flag)];

    private static string Describe(LoggedRow row) =>
        $"{row.EpisodeId} {row.Step} {row.IsFirst} {row.IsLast} {row.Reward} {string.Join(' ', row.Action)} {Convert.ToHexString(row.Image)}";

    private sealed class VectorRow
    {
        public string Game { get; set; } = "";

        public bool Start { get; set; }

        [KeyType(3)]
        public uint Key { get; set; }

        [VectorType(2)]
        public float[] Sensors { get; set; } = [];

        public float Won { get; set; }
    }

    private sealed class FlagRow
    {
        public bool Flag { get; set; }
    }

    private sealed class StepRow
    {
        public long Step { get; set; }
    }

    private sealed class EndRow
    {
        public bool IsTerminal { get; set; }
    }
}
