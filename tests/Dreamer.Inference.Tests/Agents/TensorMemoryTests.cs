using System.Runtime.InteropServices;
using Xunit;

namespace Dreamer.Inference.Tests.Agents;

public class TensorMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Begins_at_a_boundary_and_has_the_size_asked_for(int count)
    {
        for (var i = 0; i < 20; i++)
        {
            CheckOne<float>(count);
            CheckOne<byte>(count);
        }
    }

    private static void CheckOne<T>(int count)
        where T : unmanaged
    {
        var memory = TensorMemory.Allocate<T>(count);
        Assert.Equal(count, memory.Length);
        using var handle = memory.Pin();
        unsafe
        {
            Assert.True(count == 0 || (nint)handle.Pointer % 64 == 0);
        }
        Assert.True(MemoryMarshal.TryGetArray<T>(memory, out var segment) && segment.Array!.Length - count <= 64);
    }
}
