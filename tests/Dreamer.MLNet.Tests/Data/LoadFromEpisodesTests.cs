using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Data;

public sealed class LoadFromEpisodesTests : IDisposable
{
    private static readonly DateTimeOffset Recorded = new(2024, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_row_of_every_file_comes_in_order_with_its_columns()
    {
        var recording = Recording.Usual();
        recording.Write(_folder.Path);

        var view = _ml.Data.LoadFromEpisodes(_folder.File("*.npz"));

        Assert.Equal(
            ["EpisodeId Text", "Step Int64", "IsFirst Boolean", "IsLast Boolean", "IsTerminal Boolean", "Reward Single", "Action Vector<Single, 3>", "Image Vector<Byte, 6, 5, 1>"],
            view.Schema.Select(column => $"{column.Name} {(column.Type is TextDataViewType ? "Text" : column.Type)}"));
        var rows = _ml.Data.CreateEnumerable<LoggedRow>(view, reuseRowObject: false).ToArray();
        Assert.Equal(recording.Rows.Select(Describe), rows.Select(Describe));
        Assert.Null(view.GetRowCount());
    }

    [Fact]
    public void Folders_and_files_are_taken_as_well_as_patterns()
    {
        var recording = Recording.Usual();
        recording.Write(_folder.Path);
        var files = Directory.GetFiles(_folder.Path).Order().ToArray();

        Assert.Equal(_ml.Data.LoadFromEpisodes(_folder.File("*.npz")).Texts("EpisodeId"), _ml.Data.LoadFromEpisodes(_folder.Path).Texts("EpisodeId"));
        Assert.Equal(["episode-1"], _ml.Data.LoadFromEpisodes(files[1]).Texts("EpisodeId"));
        Assert.Equal(["episode-4", "episode-1"], _ml.Data.LoadFromEpisodes(files[4], files[1]).Texts("EpisodeId").Distinct());
    }

    [Theory]
    [InlineData("*/*.npz", "episode-0 episode-1")]
    [InlineData("run-?/deep/*.npz", "episode-2")]
    [InlineData("**/*.npz", "episode-0 episode-1 episode-2")]
    [InlineData("run-a/**/*.npz", "episode-0 episode-2")]
    public void Patterns_reach_into_folders(string pattern, string expected)
    {
        var episodes = Recording.Usual().Episodes;
        EpisodeFile.Save(_folder.File("run-a"), episodes[0], Recorded);
        EpisodeFile.Save(_folder.File("run-b"), episodes[1], Recorded);
        EpisodeFile.Save(_folder.File("run-a/deep"), episodes[2], Recorded);

        var ids = _ml.Data.LoadFromEpisodes(_folder.File(pattern)).Texts("EpisodeId").Distinct();

        Assert.Equal(expected.Split(' '), ids.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void Parallel_cursors_take_whole_files_and_keep_the_order(int cursors)
    {
        var recording = Recording.Usual();
        recording.Write(_folder.Path);

        var view = _ml.Data.LoadFromEpisodes(_folder.Path);

        Assert.Equal(recording.Rows.Select(row => row.Reward), view.InParallel("Reward", cursors, (float value) => value));
        Assert.Equal(recording.Rows.Select(row => row.Image), view.InParallel("Image", cursors, (VBuffer<byte> value) => value.DenseValues().ToArray()));
    }

    [Fact]
    public void Recordings_scored_from_files_give_what_the_live_session_saw()
    {
        var recording = Recording.Usual(seed: 3);
        recording.Write(_folder.Path);
        using var agent = SyntheticAgent.Small.Load();
        var view = _ml.Data.LoadFromEpisodes(_folder.Path);

        var scored = _ml.Transforms.EncodeObservation("Embedding", "Image", agent)
            .Append(_ml.Transforms.ObserveLatentState("Latent", "Embedding", agent, "Surprise", seed: 3))
            .Append(_ml.Transforms.PredictOutcome("Latent", agent))
            .Append(_ml.Transforms.SelectAction("PredictedAction", "Latent", agent)).Fit(view).Transform(view);

        Assert.Equal(recording.Live.Select(row => row.Surprise), scored.Singles("Surprise"));
        Assert.Equal(recording.Live.Select(row => row.Value), scored.Singles("PredictedValue"));
        Assert.Equal(recording.Live.Select(row => (uint)row.Action + 1), scored.Keys("PredictedAction"));
        Assert.Equal(recording.Live.Select(row => row.Value), scored.InParallel("PredictedValue", 3, (float value) => value));
    }

    [Fact]
    public void Vectors_come_as_a_column_of_their_own()
    {
        var recorder = new EpisodeRecorder(null, vectorSize: 2, actionSize: 1);
        recorder.First(new float[] { 1, 2 });
        recorder.Add(new float[] { 3, 4 }, [0.5f], 1, isLast: true, isTerminal: true);
        EpisodeFile.Save(_folder.Path, recorder.Finish("vectors"), Recorded);

        var view = _ml.Data.LoadFromEpisodes(_folder.Path);

        Assert.Equal([[1, 2], [3, 4]], view.Vectors("Vector"));
        Assert.Equal([[0], [0.5f]], view.Vectors("Action"));
        Assert.Equal([0, 1], view.Longs("Step"));
        Assert.Null(view.Schema.GetColumnOrNull("Image"));
    }

    [Fact]
    public void A_file_of_another_shape_is_refused_by_name_found_and_expected()
    {
        Recording.Usual().Write(_folder.Path);
        var recorder = new EpisodeRecorder(new ImageShape(6, 6, 1), 0, 3);
        recorder.First(new byte[36]);
        var path = EpisodeFile.Save(_folder.Path, recorder.Finish("other"), Recorded);

        var error = Assert.Throws<InvalidEpisodeException>(() => _ml.Data.LoadFromEpisodes(_folder.Path).Texts("EpisodeId"));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("[6, 6, 1]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[6, 5, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Episodes_of_one_id_are_refused()
    {
        Recording.Usual().Write(_folder.Path);
        var files = Directory.GetFiles(_folder.Path).Order().ToArray();

        var error = Assert.Throws<InvalidEpisodeException>(() => _ml.Data.LoadFromEpisodes(_folder.Path, files[0]));

        Assert.Contains("'episode-0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_nothing_are_refused()
    {
        Assert.Contains("nothing*.npz", Assert.Throws<FileNotFoundException>(() => _ml.Data.LoadFromEpisodes(_folder.File("nothing*.npz"))).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => _ml.Data.LoadFromEpisodes(_folder.File("missing.npz")));
        Assert.Throws<FileNotFoundException>(() => _ml.Data.LoadFromEpisodes(_folder.Path));
        Assert.Throws<ArgumentException>(() => _ml.Data.LoadFromEpisodes());
        Assert.Throws<FileNotFoundException>(() => _ml.Data.LoadFromEpisodes(_folder.File("*/x.npz")));
    }

    [Fact]
    public void A_file_that_is_no_episode_is_refused_when_a_cursor_comes_to_it()
    {
        Recording.Usual().Write(_folder.Path);
        Dreamer.Inference.IO.AtomicFile.WriteAllText(_folder.File("zzz.npz"), "no archive");
        var view = _ml.Data.LoadFromEpisodes(_folder.Path);

        Assert.Equal(85, _ml.Data.TakeRows(view, 85).Singles("Reward").Length);
        Assert.Contains("zzz.npz", Assert.Throws<InvalidEpisodeException>(() => view.Singles("Reward")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_begins_in_the_middle_of_an_episode_is_refused()
    {
        var whole = Recording.Usual().Episodes[0];
        EpisodeFile.Save(
            _folder.Path,
            new Episode
            {
                Id = "cut",
                ImageShape = whole.ImageShape,
                Images = whole.Images,
                ActionSize = whole.ActionSize,
                Actions = whole.Actions,
                Rewards = whole.Rewards,
                IsFirst = new bool[whole.RowCount],
                IsLast = whole.IsLast,
                IsTerminal = whole.IsTerminal,
            },
            Recorded);

        var error = Assert.Throws<InvalidEpisodeException>(() => _ml.Data.LoadFromEpisodes(_folder.Path).Texts("EpisodeId"));

        Assert.Contains("-cut-", error.Message, StringComparison.Ordinal);
    }

    private static string Describe(LoggedRow row) =>
        $"{row.EpisodeId} {row.Step} {row.IsFirst} {row.IsLast} {row.Reward} [{string.Join(' ', row.Action)}] [{string.Join(' ', row.Image)}]";
}
