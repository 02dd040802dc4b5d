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
    public void An_episode_written_anew_replaces_its_file_and_nothing_else()
    {
        var time = new ManualTime();
        var directory = new EpisodeDirectory(_folder, time);
        Array.ForEach([0, 1, 2], number => directory.Save(Recordings.Episode(number, 3)));
        var foreign = Path.Combine(_folder, "zebra.npz");
        File.Copy(Directory.GetFiles(_folder)[0], foreign);
        time.Advance(TimeSpan.FromHours(1));
        new EpisodeDirectory(_folder, time).Save(Recordings.Episode(1, 6));
        Assert.Equal(4, Directory.GetFiles(_folder).Length);
        Assert.True(File.Exists(foreign));
        var again = new EpisodeDirectory(_folder, time);
        Assert.Equal(6, again.Load([EpisodeDirectory.IdOf(1)], Assert.Fail)[0].RowCount);
        Assert.Equal([0, 1, 2], again.Numbers);
    }

    [Fact]
    public void Of_an_episode_that_a_crash_left_twice_the_later_is_read()
    {
        var time = new ManualTime();
        new EpisodeDirectory(_folder, time).Save(Recordings.Episode(1, 3));
        var kept = Path.Combine(_folder, "aside");
        File.Move(Directory.GetFiles(_folder).Single(), kept);
        time.Advance(TimeSpan.FromHours(1));
        new EpisodeDirectory(_folder, time).Save(Recordings.Episode(1, 5));
        File.Move(kept, Path.Combine(_folder, $"20000101T000000-{EpisodeDirectory.IdOf(1)}-2.npz"));
        Assert.Equal(5, new EpisodeDirectory(_folder, time).Load([EpisodeDirectory.IdOf(1)], Assert.Fail)[0].RowCount);
    }

    [Fact]
    public void Files_that_were_never_finished_go()
    {
        var directory = new EpisodeDirectory(_folder, TimeProvider.System);
        directory.Save(Recordings.Episode(1, 3));
        File.WriteAllText(Path.Combine(_folder, "half" + Dreamer.Inference.IO.AtomicFile.TemporarySuffix), "half");
        directory.RemoveUnfinished();
        Assert.Single(Directory.GetFiles(_folder));
    }
}
