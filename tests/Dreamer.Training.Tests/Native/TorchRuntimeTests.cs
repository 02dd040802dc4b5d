using Dreamer.Training.Native;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Native;

public class TorchRuntimeTests
{
    [Fact]
    public void Loads_once_and_multiplies()
    {
        Assert.Equal(TorchRuntime.EnsureLoaded(), TorchRuntime.EnsureLoaded());
        using var a = torch.ones(2, 3);
        using var b = torch.ones(3, 2);
        using var c = a.matmul(b);
        Assert.Equal(3f, c[0, 0].item<float>());
    }

    /// <summary>What the command line's tests look for and must not find stands here: their look-up can fail.</summary>
    [Fact]
    public void Once_loaded_it_stands_in_the_process_map()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("libtorch", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
        }
    }

    /// <summary>A library that the system takes as it is must not be copied; one that it does not take must be.</summary>
    [Fact]
    public void Says_how_it_was_loaded()
    {
        if (OperatingSystem.IsLinux())
        {
            var copied = File.ReadAllText("/proc/self/maps").Contains("/dreamer/native/", StringComparison.Ordinal);
            Assert.Equal(copied ? TorchLoadKind.RelaxedCopy : TorchLoadKind.System, TorchRuntime.EnsureLoaded());
        }
    }
}
