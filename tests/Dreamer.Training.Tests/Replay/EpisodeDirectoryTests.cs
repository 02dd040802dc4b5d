using Dreamer.Training.Replay;
using Xunit;

namespace Dreamer.Training.Tests.Replay;

public sealed class EpisodeDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("episodes").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_back_what_is_wanted_in_that_order()
    {
        var directory = new EpisodeDirectory(_folder, TimeProvider.System);
        Array.ForEach([0, 1, 2, 3], number => directory.Save(Recordings.Episode(number, 3 + number)));
        var notices = new List<string>();
        var episodes = directory.Load([EpisodeDirectory.IdOf(2), EpisodeDirectory.IdOf(1)], notices.Add);
        Assert.Equal([5, 4], episodes.Select(e => e.RowCount));
        Assert.Equal(Recordings.Episode(2, 5).Images, episodes[0].Images);
        Assert.Equal(Recordings.Episode(2, 5).Rewards, episodes[0].Rewards);
        Assert.Empty(notices);
    }

    [Fact]
    public void Says_what_is_missing_or_damaged()
    {
        var directory = new EpisodeDirectory(_folder, TimeProvider.System);
        Array.ForEach([0, 1], number => directory.Save(Recordings.Episode(number, 3)));
        var damaged = Directory.GetFiles(_folder, "*train00000000*").Single();
        File.Copy(typeof(EpisodeDirectoryTests).Assembly.Location, damaged, overwrite: true);
        var notices = new List<string>();
        var episodes = directory.Load([EpisodeDirectory.IdOf(0), EpisodeDirectory.IdOf(1), EpisodeDirectory.IdOf(2)], notices.Add);
        Assert.Equal([EpisodeDirectory.IdOf(1)], episodes.Select(e => e.Id));
        Assert.Contains(notices, notice => notice.Contains(damaged, StringComparison.Ordinal));
        Assert.Contains(notices, notice => notice.Contains(EpisodeDirectory.IdOf(2), StringComparison.Ordinal));
    }

    [Fact]
    public void Removes_what_came_after_a_checkpoint_and_nothing_else()
    {
        var directory = new EpisodeDirectory(_folder, TimeProvider.System);
        Array.ForEach([0, 1, 2], number => directory.Save(Recordings.Episode(number, 3)));
        var foreign = Path.Combine(_folder, "zebra.npz");
        File.Copy(Directory.GetFiles(_folder)[0], foreign);
        directory.RemoveFrom(1);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.True(File.Exists(foreign));
        Assert.Single(Directory.GetFiles(_folder, "*train00000000*"));
    }
}
