using Dreamer.Training.Native;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Native;

public class AllocatorTests
{
    [Fact]
    public async Task Memory_of_a_tensor_that_went_is_there_for_the_next()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/proc/self/stat"))
        {
            return;
        }
        Allocator.KeepFreedMemory();
        // A thread as that of a run: the main thread's memory is another.
        var faults = await Task.Factory.StartNew(
            () =>
            {
                Touch();
                var before = PageFaults();
                for (var i = 0; i < 5; i++)
                {
                    Touch();
                }
                return PageFaults() - before;
            },
            TaskCreationOptions.LongRunning);
        // 80 MB are 20,000 pages, and five times as many without.
        Assert.InRange(faults, 0, 10_000);
    }

    private static void Touch() => torch.ones(20_000_000).Dispose();

    private static long PageFaults() => long.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[7]);
}
