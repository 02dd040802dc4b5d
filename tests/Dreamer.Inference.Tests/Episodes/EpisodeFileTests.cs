using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.Inference.Tests.Episodes;

public sealed class EpisodeFileTests : IDisposable
{
    private static readonly DateTimeOffset Recorded = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_is_saved_is_read_again(bool image, bool vector)
    {
        var episode = TestEpisodes.Create(image: image, vector: vector);
        var path = EpisodeFile.Save(_folder.Path, episode, Recorded);
        Assert.Equal("20260102T030405-abc-3.npz", Path.GetFileName(path));
        Assert.Equivalent(episode, EpisodeFile.Read(path), strict: true);
    }

    [Theory]
    [InlineData(EpisodeParts.None)]
    [InlineData(EpisodeParts.Images)]
    [InlineData(EpisodeParts.Vectors | EpisodeParts.Logs)]
    [InlineData(EpisodeParts.Actions)]
    public void Parts_that_are_not_asked_for_are_not_unpacked(EpisodeParts parts)
    {
        var episode = TestEpisodes.Create(image: true, vector: true);

        var read = EpisodeFile.Read(EpisodeFile.Save(_folder.Path, episode, Recorded), parts);

        Assert.Equal(parts.HasFlag(EpisodeParts.Images) ? episode.Images : [], read.Images);
        Assert.Equal(parts.HasFlag(EpisodeParts.Vectors) ? episode.Vectors : [], read.Vectors);
        Assert.Equal(parts.HasFlag(EpisodeParts.Actions) ? episode.Actions : [], read.Actions);
        Assert.Equal(parts.HasFlag(EpisodeParts.Logs) ? episode.Logs.Count : 0, read.Logs.Count);
        Assert.Equal((episode.ImageShape, episode.VectorSize, episode.ActionSize), (read.ImageShape, read.VectorSize, read.ActionSize));
        Assert.Equal((episode.Rewards, episode.IsFirst, episode.IsTerminal), (read.Rewards, read.IsFirst, read.IsTerminal), (a, b) =>
            a.Rewards.SequenceEqual(b.Rewards) && a.IsFirst.SequenceEqual(b.IsFirst) && a.IsTerminal.SequenceEqual(b.IsTerminal));
    }

    [Fact]
    public void Equal_episodes_are_equal_files()
    {
        var first = File.ReadAllBytes(EpisodeFile.Save(_folder.File("a"), TestEpisodes.Create(), Recorded));
        Assert.Equal(first, File.ReadAllBytes(EpisodeFile.Save(_folder.File("b"), TestEpisodes.Create(), Recorded)));
    }

    /// <summary>The fixture was written by NumPy 1.24 with savez_compressed, as the reference does.</summary>
    [Fact]
    public void Reads_what_numpy_writes()
    {
        var episode = EpisodeFile.Read(Path.Combine(AppContext.BaseDirectory, "Episodes", "Fixtures", "20260101T000000-numpy-2.npz"));
        Assert.Equal("numpy", episode.Id);
        Assert.Equal(new ImageShape(1, 2, 3), episode.ImageShape);
        Assert.Equal(Enumerable.Range(0, 18).Select(i => (byte)i), episode.Images);
        Assert.Equal([0, 0, 1, 0, 0, 1], episode.Actions);
        Assert.Equal([0, 0.5f, -1], episode.Rewards);
        Assert.Equal([true, false, false], episode.IsFirst);
        Assert.Equal([false, false, true], episode.IsLast);
        Assert.Equal([false, false, true], episode.IsTerminal);
        Assert.Equal([12, 13, 14, 15, 16, 17], episode.Image(2).ToArray());
        Assert.Equal([0, 1], episode.Action(2).ToArray());
        Assert.Equal(-0.5, episode.Return);
    }

    [Fact]
    public void Reads_the_first_releases_discount_in_place_of_flags()
    {
        var path = _folder.File("old.npz");
        NpzFile.Write(path, [
            ("action", NpyArray.From([0f, 1f, 1f], 3, 1)),
            ("reward", NpyArray.From([0f, 0f, 1f], 3)),
            ("discount", NpyArray.From([1f, 1f, 0f], 3)),
        ]);
        var episode = EpisodeFile.Read(path);
        Assert.Equal("old", episode.Id);
        Assert.Equal([true, false, false], episode.IsFirst);
        Assert.Equal([false, false, true], episode.IsLast);
        Assert.Equal([false, false, true], episode.IsTerminal);
    }

    [Theory]
    [InlineData("20260101T000000-0123abcd-12.npz", "0123abcd")]
    [InlineData("20260101T000000-catch-17-12.npz", "catch-17")]
    [InlineData("my-episode.npz", "my-episode")]
    [InlineData("deep/folder/x-3.npz", "x-3")]
    public void Id_is_the_middle_of_a_name_of_the_references_form(string path, string id) => Assert.Equal(id, EpisodeFile.IdOf(path));

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    public void An_id_that_cannot_stand_in_a_name_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => EpisodeFile.Save(_folder.Path, TestEpisodes.Create(id), Recorded));

    [Fact]
    public void A_missing_file_is_named() => Fails(_folder.File("none.npz"), "none.npz", "not found");

    [Fact]
    public async Task A_pipe_in_place_of_a_file_is_refused_and_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Folders have no pipes here.");
        var path = _folder.File("20260101T000000-a-1.npz");
        using (var pipe = Process.Start("mkfifo", [path]))
        {
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var refusal = Task.Run(() => Assert.Throws<IOException>(() => EpisodeFile.Read(path)), TestContext.Current.CancellationToken);

        Assert.Contains("is a pipe or a device", (await refusal.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_archive_is_named()
    {
        File.WriteAllText(_folder.File("text.npz"), "not a zip");
        Fails(_folder.File("text.npz"), "text.npz", "not a readable .npz archive");
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        var path = EpisodeFile.Save(_folder.Path, TestEpisodes.Create(), Recorded);
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length += 37)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidEpisodeException>(() => EpisodeFile.Read(path));
        }
    }

    [Fact]
    public void A_missing_array_is_named_with_those_that_are_there()
    {
        var path = _folder.File("x.npz");
        NpzFile.Write(path, [("reward", NpyArray.From([0f], 1)), ("is_first", NpyArray.From([true], 1))]);
        Fails(path, "x.npz", "no array 'action'", "is_first, reward");
    }

    [Fact]
    public void Arrays_of_different_lengths_are_named()
    {
        var path = _folder.File("x.npz");
        NpzFile.Write(path, [("reward", NpyArray.From([0f, 0f], 2)), ("action", NpyArray.From([0f, 0f, 0f], 3, 1))]);
        Fails(path, "Array 'action'", "(3, 1)", "2 rows");
    }

    [Theory]
    [InlineData("|O", "(2,)", "pickled objects")]
    [InlineData("<f4", "(1000000000,)", "but 8 bytes follow")]
    [InlineData("<f4", "(99999999999,)", "side '99999999999'")]
    [InlineData("<f4", "(65536, 65536, 65536, 65536, 65536)", "but 8 bytes follow")]
    [InlineData(">f4", "(2,)", "'>f4'")]
    public void A_header_that_lies_is_refused_before_anything_is_allocated(string type, string shape, string found)
    {
        var path = _folder.File("x.npz");
        WriteRaw(path, "reward", $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n", new byte[8]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fails(path, "Array 'reward'", found);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_bomb_is_refused_by_what_it_claims()
    {
        var path = _folder.File("bomb.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        using (var content = archive.CreateEntry("reward.npy", CompressionLevel.Fastest).Open())
        {
            var zeros = new byte[1 << 20];
            for (var i = 0L; i <= EpisodeLimits.LargestEpisode; i += zeros.Length)
            {
                content.Write(zeros);
            }
        }
        Fails(path, "bomb.npz", "claims more than");
    }

    [Fact]
    public void What_could_not_be_read_back_is_neither_recorded_nor_written()
    {
        var recorder = new EpisodeRecorder(new ImageShape(4000, 4000, 8), 0, 2);
        var image = new byte[4000 * 4000 * 8];
        recorder.First(new AgentObservation(image, default));
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var row = 1; row < 12; row++)
            {
                recorder.Add(new AgentObservation(image, default), [1, 0], 0, isLast: false, isTerminal: false);
            }
        });
        Assert.Contains("has 8 rows of 128000015 bytes", error.Message, StringComparison.Ordinal);

        var rows = (int)(EpisodeLimits.LargestEpisode / 11) + 1;
        var large = new Episode
        {
            Id = "large", ActionSize = 1, Actions = new float[rows], Rewards = new float[rows], IsFirst = new bool[rows], IsLast = new bool[rows], IsTerminal = new bool[rows],
        };
        Assert.Contains("at most 1073741824 can be read back", Assert.Throws<ArgumentException>(() => EpisodeFile.Save(_folder.Path, large, Recorded)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Seeded_mutations_give_an_episode_or_the_documented_exception()
    {
        var path = EpisodeFile.Save(_folder.Path, TestEpisodes.Create(steps: 20), Recorded);
        var original = File.ReadAllBytes(path);
        var random = new Random(20260102);
        var refused = 0;
        for (var i = 0; i < 1000; i++)
        {
            var bytes = (byte[])original.Clone();
            for (var flips = random.Next(1, 8); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            File.WriteAllBytes(path, bytes);
            try
            {
                EpisodeFile.Read(path);
            }
            catch (InvalidEpisodeException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 1000);
    }

    private static void Fails(string path, params string[] parts)
    {
        var message = Assert.Throws<InvalidEpisodeException>(() => EpisodeFile.Read(path)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static void WriteRaw(string path, string name, string header, byte[] data)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using var content = archive.CreateEntry(name + ".npy").Open();
        content.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        content.Write(Encoding.ASCII.GetBytes(header));
        content.Write(data);
    }
}
