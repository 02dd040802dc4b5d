using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.Inference.Tests.Episodes;

/// <summary>Replay chunks of DreamerV3: several episodes in a file, and episodes that continue in the next.</summary>
public sealed class ReplayChunkTests : IDisposable
{
    private static readonly EpisodeReadOptions Three = new() { DiscreteActions = 3 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Episodes_are_cut_at_first_rows_and_joined_over_chunks()
    {
        // A stream of 7 rows in chunks of 3: episodes of rows 0 to 3 and 4 to 6.
        Chunk("a", "b", [0, 1, 2], first: [0], last: []);
        Chunk("b", "c", [3, 4, 5], first: [1], last: [0]);
        Chunk("c", "0", [6], first: [], last: [0]);
        Chunk("x", "0", [0, 1], first: [0], last: [1]);

        var recordings = EpisodeRecording.Group(Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal([3, 1], recordings.Select(recording => recording.Files.Count));
        var episodes = recordings[0].Read(EpisodeParts.All, Three).ToList();

        Assert.Equal([[0f, 1, 2, 3], [4, 5, 6]], episodes.Select(episode => episode.Rewards));
        Assert.Equal([[true, false, false, false], [true, false, false]], episodes.Select(episode => episode.IsFirst));
        Assert.All(episodes, episode => Assert.True(episode.IsLast[^1]));
        // A chunk's action is the one taken at a row: it leads to the next row, also over the border of two chunks.
        Assert.Equal([0f, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], episodes[0].Actions);
        Assert.Equal(episodes.Count, episodes.Select(episode => episode.Id).Distinct().Count());
        Assert.Single(recordings[1].Read(EpisodeParts.All, Three));
    }

    [Fact]
    public void Rows_whose_start_is_missing_are_counted_and_said()
    {
        Chunk("b", "c", [3, 4, 5], first: [1], last: [0]);
        var episode = Assert.Single(Assert.Single(EpisodeRecording.Group(Directory.GetFiles(_folder.Path))).Read(EpisodeParts.All, Three));
        Assert.Equal([4f, 5], episode.Rewards);
        Assert.Contains(episode.Notes, note => note.StartsWith("1 rows are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_alone_make_no_chain()
    {
        EpisodeFile.Save(_folder.Path, TestEpisodes.Create("run-1"), DateTimeOffset.UnixEpoch);
        EpisodeFile.Save(_folder.Path, TestEpisodes.Create("1-2"), DateTimeOffset.UnixEpoch);
        Assert.Equal(2, EpisodeRecording.Group(Directory.GetFiles(_folder.Path)).Count);
    }

    private void Chunk(string id, string next, int[] stream, int[] first, int[] last)
    {
        var rows = stream.Length;
        bool[] Flags(int[] at) => [.. Enumerable.Range(0, rows).Select(at.Contains)];
        NpzFile.Write(_folder.File($"20260101T000000F{id[0] - 'a':D6}-{id}-{next}-{rows}.npz"),
        [
            ("action", new("<i4", [rows], [.. stream.SelectMany(row => BitConverter.GetBytes(row % 3))])),
            ("reward", NpyArray.From([.. stream.Select(row => (float)row)], rows)),
            ("is_first", NpyArray.From(Flags(first), rows)),
            ("is_last", NpyArray.From(Flags(last), rows)),
            ("is_terminal", NpyArray.From(new bool[rows], rows)),
            ("stepid", NpyArray.From(new byte[rows * 20], rows, 20)),
        ]);
    }
}
