using Dreamer.Training.Checkpoints;
using Dreamer.Training.Runs;
using Xunit;

namespace Dreamer.Training.Tests.Checkpoints;

/// <summary>Whatever happens to a run's newest checkpoint, the one before is found, and what was passed over is said.</summary>
public sealed class DamagedCheckpointTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("damaged").FullName;
    private readonly List<string> _notices = [];
    private CheckpointStore _store = null!;
    private byte[] _whole = [];

    private string Newest => Path.Combine(_folder, "checkpoints", "checkpoint-000000020.ckpt");

    public async ValueTask InitializeAsync()
    {
        using var trainer = new DreamerTrainer(DreamerPresets.Debug with { LogDirectory = _folder });
        await trainer.RunAsync();
        _store = new CheckpointStore(Path.GetDirectoryName(Newest)!);
        _whole = File.ReadAllBytes(Newest);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Any_flipped_bit()
    {
        var random = new Random(20260101);
        for (var i = 0; i < 200; i++)
        {
            var bytes = _whole.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            FallsBack(bytes);
        }
        Assert.Equal(200, _notices.Count);
    }

    [Fact]
    public void Any_truncation()
    {
        var random = new Random(20260102);
        for (var i = 0; i < 20; i++)
        {
            FallsBack(_whole[..(i == 0 ? 0 : i == 1 ? _whole.Length - 1 : random.Next(_whole.Length))]);
        }
        Assert.Equal(20, _notices.Count);
    }

    [Fact]
    public async Task A_run_goes_on_from_the_one_before_and_says_so()
    {
        File.WriteAllBytes(Newest, _whole[..1000]);
        var observer = new Training.Tests.Runs.RecordingObserver();
        using var trainer = new DreamerTrainer(DreamerPresets.Debug with { LogDirectory = _folder }, observer);
        Assert.Equal(20, (await trainer.RunAsync()).Updates);
        Assert.Contains(observer.Notices, notice => notice.Contains(Newest, StringComparison.Ordinal) && notice.Contains("incomplete", StringComparison.Ordinal));
        Assert.Contains(observer.Notices, notice => notice.Contains("Resuming at update 10", StringComparison.Ordinal));
        Assert.Equal(_whole, File.ReadAllBytes(Newest));
    }

    private void FallsBack(byte[] damaged)
    {
        File.WriteAllBytes(Newest, damaged);
        var loaded = _store.LoadNewest(_notices.Add);
        Assert.Equal(10, loaded!.GetJson("run/state", RunJson.Default.TrainingState).Updates);
        Assert.Contains(Newest, _notices[^1], StringComparison.Ordinal);
    }
}
