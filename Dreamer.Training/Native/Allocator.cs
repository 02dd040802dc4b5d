using System.Runtime.InteropServices;

namespace Dreamer.Training.Native;

/// <summary>Settings of the C library's allocator that speed up training.</summary>
internal static partial class Allocator
{
    // malloc.h: M_MXFAST, M_TRIM_THRESHOLD, M_MMAP_MAX, M_ARENA_MAX.
    private const int LargestFast = 1;
    private const int TrimThreshold = -1;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;

    /// <summary>
    /// Keeps freed memory for the next tensor: every update frees and allocates the same hundreds of megabytes, and
    /// the system would clear every page each time. This affects the whole process, so only training calls it.
    /// </summary>
    /// <returns>Whether the settings were accepted; false unless the C library is GNU's.</returns>
    /// <remarks>
    /// One arena for all threads that do not have one yet: arenas of threads other than the main one consist of 64 MB heaps, which return
    /// to the system regardless of the threshold, and are too small for large tensors. No fast bins: every freed tensor would walk
    /// through all of them.
    /// </remarks>
    public static bool KeepFreedMemory() =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "mallopt", out _)
        && SetOption(MmapMax, 0) + SetOption(TrimThreshold, int.MaxValue) + SetOption(ArenaMax, 1) + SetOption(LargestFast, 0) == 4;

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
