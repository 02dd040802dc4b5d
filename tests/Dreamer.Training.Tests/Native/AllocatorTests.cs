using System.Runtime.InteropServices;
using Dreamer.Training.Native;
using Xunit;

namespace Dreamer.Training.Tests.Native;

public class AllocatorTests
{
    [Fact]
    public void Takes_every_setting_where_the_C_library_is_GNUs()
    {
        var isGnu = OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad("libc.so.6", out var library)
            && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);
        Assert.Equal(isGnu, Allocator.KeepFreedMemory());
    }
}
