using Dreamer.Inference.IO;
using Xunit;

namespace Dreamer.Inference.Tests.IO;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Creates_the_file_and_its_folders()
    {
        var path = Path.Combine(_folder.Path, "a", "b", "c.txt");
        AtomicFile.WriteAllText(path, "héllo");
        Assert.Equal("héllo", File.ReadAllText(path));
    }

    [Fact]
    public void Replaces_and_leaves_nothing_else()
    {
        var path = _folder.File("a.bin");
        AtomicFile.WriteAllBytes(path, [1, 2, 3]);
        AtomicFile.WriteAllBytes(path, [4]);
        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder.File("a.bin");
        AtomicFile.WriteAllBytes(path, [1, 2, 3]);
        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(9);
            throw new IOException("disk full");
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_that_fails_half_way_leaves_the_old_one_and_nothing_else()
    {
        var path = _folder.File("agent");
        AtomicDirectory.Replace(path, folder => AtomicFile.WriteAllText(Path.Combine(folder, "old"), ""));
        Assert.Throws<IOException>(() => AtomicDirectory.Replace(path, folder =>
        {
            AtomicFile.WriteAllText(Path.Combine(folder, "new"), "");
            throw new IOException("disk full");
        }));
        Assert.Equal([Path.Combine(path, "old")], Directory.GetFiles(path));
        Assert.Equal([path], Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void A_folder_is_replaced_whole()
    {
        var path = _folder.File("agent");
        AtomicDirectory.Replace(path, folder => AtomicFile.WriteAllText(Path.Combine(folder, "old"), ""));
        AtomicDirectory.Replace(path, folder => AtomicFile.WriteAllText(Path.Combine(folder, "new"), ""));
        Assert.Equal([Path.Combine(path, "new")], Directory.GetFiles(path));
        Assert.Equal([path], Directory.GetDirectories(_folder.Path));
    }
}
