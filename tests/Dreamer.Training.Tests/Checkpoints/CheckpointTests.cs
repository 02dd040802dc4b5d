using Dreamer.Training.Checkpoints;
using Dreamer.Training.Runs;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_holds_what_was_added()
    {
        using var scope = NewDisposeScope();
        var tensor = randn(2, 3);
        var path = Save(1, tensor);
        var read = CheckpointFile.Read(path);
        var copy = zeros(2, 3);
        read.CopyTo("tensor", copy);
        Assert.Equal(tensor.data<float>().ToArray(), copy.data<float>().ToArray());
        Assert.Equal(1, read.GetInt64("number"));
        Assert.Equal([1, 2, 3], read.GetBytes("bytes"));
        Assert.Equal(["a", "b"], read.GetJson("json", RunJson.Default.StringArray));
        Assert.Equal(["bytes", "json", "number", "tensor"], read.Names);
    }

    [Fact]
    public void A_copy_is_taken_when_it_is_added()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(1);
        var checkpoint = new Checkpoint();
        checkpoint.Add("x", tensor);
        tensor.zero_();
        checkpoint.CopyTo("x", tensor);
        Assert.Equal(1f, tensor.item<float>());
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(Save(1));
        var path = Path.Combine(_folder, "cut");
        foreach (var length in Enumerable.Range(0, 20).Select(i => i * bytes.Length / 20))
        {
            File.Delete(path);
            using (var stream = File.Create(path))
            {
                stream.Write(bytes, 0, length);
            }
            Assert.Throws<InvalidCheckpointException>(() => CheckpointFile.Read(path));
        }
    }

    [Fact]
    public void A_file_with_one_other_bit_is_refused()
    {
        var path = Save(1);
        var length = new FileInfo(path).Length;
        foreach (var at in Enumerable.Range(0, 20).Select(i => i * length / 20))
        {
            Flip(path, at);
            Assert.Throws<InvalidCheckpointException>(() => CheckpointFile.Read(path));
            Flip(path, at);
        }
        Assert.Equal(1, CheckpointFile.Read(path).GetInt64("number"));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        using var scope = NewDisposeScope();
        var checkpoint = CheckpointFile.Read(Save(1));
        Contains("'tensor' as Float32 [2, 3]; expected Float32 [3, 2]", () => checkpoint.CopyTo("tensor", zeros(3, 2)));
        Contains("'tensor' as Float32 [2, 3]; expected Int64 [2, 3]", () => checkpoint.CopyTo("tensor", zeros(2, 3, dtype: ScalarType.Int64)));
        Contains("no entry 'other'", () => checkpoint.GetBytes("other"));
        Contains("expected a number", () => checkpoint.GetInt64("bytes"));
        Contains("'bytes' is no", () => checkpoint.GetJson("bytes", RunJson.Default.StringArray));

        static void Contains(string part, Action read) =>
            Assert.Contains(part, Assert.Throws<InvalidCheckpointException>(read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_two_and_the_best_stay()
    {
        var store = new CheckpointStore(_folder);
        store.Save(10, Content(10), isBest: true);
        store.Save(20, Content(20));
        store.Save(30, Content(30));
        store.Save(5, Content(5));
        Assert.Equal(["best.ckpt", "checkpoint-000000020.ckpt", "checkpoint-000000030.ckpt"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        Assert.Equal(10, CheckpointFile.Read(store.BestPath).GetInt64("number"));
        Assert.Equal(30, store.LoadNewest()!.GetInt64("number"));
    }

    [Fact]
    public void A_damaged_newest_is_passed_over_with_a_notice()
    {
        var store = new CheckpointStore(_folder);
        store.Save(1, Content(1), isBest: true);
        store.Save(2, Content(2));
        store.Save(3, Content(3));
        var notices = new List<string>();
        Flip(Path.Combine(_folder, "checkpoint-000000003.ckpt"), 100);
        Assert.Equal(2, store.LoadNewest(notices.Add)!.GetInt64("number"));
        Assert.Contains("checkpoint-000000003.ckpt", Assert.Single(notices), StringComparison.Ordinal);

        using (var stream = File.OpenWrite(Path.Combine(_folder, "checkpoint-000000002.ckpt")))
        {
            stream.SetLength(stream.Length / 2);
        }
        Assert.Equal(1, store.LoadNewest(notices.Add)!.GetInt64("number"));
        Flip(store.BestPath, 100);
        Assert.Null(store.LoadNewest());
    }

    [Fact]
    public void An_empty_store_has_nothing() => Assert.Null(new CheckpointStore(Path.Combine(_folder, "new")).LoadNewest());

    private static Checkpoint Content(long number)
    {
        var checkpoint = new Checkpoint();
        checkpoint.Add("number", number);
        return checkpoint;
    }

    private static void Flip(string path, long at)
    {
        using var stream = File.Open(path, FileMode.Open);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 0x10));
    }

    private string Save(long number, Tensor? tensor = null)
    {
        using var scope = NewDisposeScope();
        var checkpoint = Content(number);
        checkpoint.Add("tensor", tensor ?? ones(2, 3));
        checkpoint.Add("bytes", (ReadOnlySpan<byte>)[1, 2, 3]);
        checkpoint.AddJson("json", ["a", "b"], RunJson.Default.StringArray);
        var path = Path.Combine(_folder, "file");
        CheckpointFile.Write(path, checkpoint);
        return path;
    }
}
