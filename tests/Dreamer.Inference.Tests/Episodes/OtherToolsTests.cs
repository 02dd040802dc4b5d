using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.Inference.Tests.Episodes;

/// <summary>Recordings as other tools write them: read if they have one reading, refused with the cure if not.</summary>
public sealed class OtherToolsTests : IDisposable
{
    private static readonly EpisodeReadOptions Three = new() { DiscreteActions = 3 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("done", null)]
    [InlineData("terminal", null)]
    [InlineData("terminated", "truncated")]
    [InlineData("dones", "timeouts")]
    public void Ends_under_other_names_are_read(string end, string? cut)
    {
        (string, NpyArray)[] cuts = cut is null ? [] : [(cut, NpyArray.From([false, false, false], 3))];
        var episode = EpisodeFile.Read(Write([.. Rows(3), (end, NpyArray.From([false, false, true], 3)), .. cuts]), Three);
        Assert.Equal([true, false, false], episode.IsFirst);
        Assert.Equal([false, false, true], episode.IsLast);
        Assert.Equal([false, false, true], episode.IsTerminal);
    }

    [Fact]
    public void A_truncated_end_is_not_terminal()
    {
        var episode = EpisodeFile.Read(Write([.. Rows(3), ("done", NpyArray.From([false, false, true], 3)), ("truncated", NpyArray.From([false, false, true], 3))]), Three);
        Assert.Equal([false, false, true], episode.IsLast);
        Assert.Equal(new bool[3], episode.IsTerminal);
    }

    [Fact]
    public void Reset_marks_first_rows_and_the_files_end_is_last()
    {
        var episode = EpisodeFile.Read(Write([.. Rows(4), ("reset", NpyArray.From([true, false, true, false], 4)), ("is_terminal", NpyArray.From(new bool[4], 4))]), Three);
        Assert.Equal([true, false, true, false], episode.IsFirst);
        Assert.Equal([false, true, false, true], episode.IsLast);
    }

    [Fact]
    public void Nothing_about_ends_is_refused_with_the_cure() =>
        Refused(Write([.. Rows(3), ("is_first", NpyArray.From([true, false, false], 3))]), "no array 'is_terminal'", "Add one flag per row");

    [Fact]
    public void Integer_actions_become_one_hot_where_their_number_is_known()
    {
        var path = Write(Whole(3));
        var episode = EpisodeFile.Read(path, Three);
        // No action led to a first row, whatever is recorded there.
        Assert.Equal([0f, 0, 0, 0, 1, 0, 0, 0, 1], episode.Actions);
        Refused(path, "holds integers", "number of actions");
        var error = Assert.Throws<InvalidEpisodeException>(() => EpisodeFile.Read(path, new EpisodeReadOptions { DiscreteActions = 2 }));
        Assert.Contains("has 2 in row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("an integer in [0, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Boolean_images_span_the_whole_scale_and_images_of_ones_are_questioned()
    {
        var flags = EpisodeFile.Read(Write([.. Whole(2), ("image", NpyArray.From([true, false, false, true], 2, 1, 2, 1))]), Three);
        Assert.Equal([255, 0, 0, 255], flags.Images);
        Assert.Contains("true is read as 255", Assert.Single(flags.Notes), StringComparison.Ordinal);

        var ones = EpisodeFile.Read(Write([.. Whole(2), ("image", NpyArray.From([1, 0, 0, 1], 2, 1, 2, 1))]), Three);
        Assert.Equal([1, 0, 0, 1], ones.Images);
        Assert.Contains("the scale is 0 to 255", Assert.Single(ones.Notes), StringComparison.Ordinal);

        Assert.Empty(EpisodeFile.Read(Write([.. Whole(2), ("image", NpyArray.From([2, 0, 0, 1], 2, 1, 2, 1))]), Three).Notes);
    }

    [Fact]
    public void Images_without_channels_are_grey_and_images_of_numbers_are_refused()
    {
        Assert.Equal(new ImageShape(1, 2, 1), EpisodeFile.Read(Write([.. Whole(2), ("image", NpyArray.From([9, 0, 0, 1], 2, 1, 2))]), Three).ImageShape);
        Refused(Write([.. Whole(2), ("image", NpyArray.From([0f, 1, 1, 0], 2, 1, 2, 1))]), "type <f4", "multiply them by 255");
    }

    [Fact]
    public void Arrays_under_a_folder_are_not_taken_for_others()
    {
        Refused(Write([("raw/reward", NpyArray.From([0f, 0], 2)), ("action", Indices(2))]), "no array 'reward'", "Save 'raw/reward' as 'reward'");
        var episode = EpisodeFile.Read(Write([.. Whole(2), ("raw/reward", NpyArray.From([5f, 5], 2))]), Three);
        Assert.Equal([0f, 1f], episode.Rewards);
        Assert.Equal("these arrays are not read: 'raw/reward'", Assert.Single(episode.Notes));
    }

    [Theory]
    [InlineData("\u0089HDF\r\n\u001a\n", "HDF5")]
    [InlineData("PAR1....", "Parquet")]
    [InlineData("\u0080\u0004....", "pickle")]
    [InlineData("\u001f\u008b......", "gzip")]
    [InlineData("\u0093NUMPY..", "single NumPy array")]
    public void Other_formats_are_named_for_what_they_are(string start, string format)
    {
        File.WriteAllBytes(_folder.File("x.npz"), [.. start.Select(c => (byte)c), .. new byte[100]]);
        Refused(_folder.File("x.npz"), "x.npz", format);
    }

    [Fact]
    public void Actions_and_rewards_of_steps_move_to_the_rows_that_they_led_to()
    {
        var path = Write(Whole(3));
        var moved = EpisodeFile.Read(path, Three with { ActionTiming = RecordedTiming.TakenHere });
        // The last step brought a reward: the last observation is repeated as the one it led to.
        Assert.Equal([0f, 0, 1, 2], moved.Rewards);
        Assert.Equal([0f, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], moved.Actions);
        Assert.Equal([false, false, false, true], moved.IsLast);
        Assert.Equal([false, false, false, true], moved.IsTerminal);
        Assert.Equal([true, false, false, false], moved.IsFirst);
        Assert.Contains("the last observation of an episode is repeated", Assert.Single(moved.Notes), StringComparison.Ordinal);

        var actionsOnly = EpisodeFile.Read(path, Three with { ActionTiming = RecordedTiming.TakenHere, RewardTiming = RecordedTiming.LedHere });
        Assert.Equal([0f, 1, 2], actionsOnly.Rewards);
        Assert.Equal([0f, 0, 0, 1, 0, 0, 0, 1, 0], actionsOnly.Actions);
    }

    [Fact]
    public void A_reward_in_a_first_row_is_questioned_unless_its_timing_is_given()
    {
        var path = Write([("action", Indices(2)), ("reward", NpyArray.From([3f, 0], 2)), ("done", NpyArray.From([false, true], 2))]);
        Assert.Contains("row 0 is the first of an episode and has the reward 3", Assert.Single(EpisodeFile.Read(path, Three).Notes), StringComparison.Ordinal);
        Assert.Empty(EpisodeFile.Read(path, Three with { RewardTiming = RecordedTiming.LedHere }).Notes);
    }

    private static NpyArray Indices(int rows) => new("<i4", [rows], [.. Enumerable.Range(0, rows).SelectMany(row => BitConverter.GetBytes(row % 3))]);

    private static (string, NpyArray)[] Rows(int rows) =>
        [("action", Indices(rows)), ("reward", NpyArray.From([.. Enumerable.Range(0, rows).Select(row => (float)row)], rows))];

    private static (string, NpyArray)[] Whole(int rows) =>
    [
        .. Rows(rows),
        ("is_first", NpyArray.From([true, .. new bool[rows - 1]], rows)),
        ("is_last", NpyArray.From([.. new bool[rows - 1], true], rows)),
        ("is_terminal", NpyArray.From([.. new bool[rows - 1], true], rows)),
    ];

    private static void Refused(string path, params string[] parts)
    {
        var message = Assert.Throws<InvalidEpisodeException>(() => EpisodeFile.Read(path)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private string Write((string, NpyArray)[] arrays)
    {
        var path = _folder.File($"{Guid.NewGuid():N}.npz");
        NpzFile.Write(path, arrays);
        return path;
    }
}
