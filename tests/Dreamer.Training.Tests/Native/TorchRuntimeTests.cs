using Dreamer.Training.Native;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Native;

public class TorchRuntimeTests
{
    [Fact]
    public void Loads_and_multiplies()
    {
        TorchRuntime.EnsureLoaded();
        using var a = torch.ones(2, 3);
        using var b = torch.ones(3, 2);
        using var c = a.matmul(b);
        Assert.Equal(3f, c[0, 0].item<float>());
    }
}
