using System.Runtime.InteropServices;

namespace Dreamer.Training.Native;

/// <summary>The settings of the C library's allocator that training gains by.</summary>
internal static partial class Allocator
{
    // malloc.h: M_MXFAST, M_TRIM_THRESHOLD, M_MMAP_MAX, M_ARENA_MAX.
    private const int LargestFast = 1;
    private const int TrimThreshold = -1;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;

    /// <summary>
    /// Keeps freed memory for the next tensor: an update frees and asks for the same hundreds of megabytes again and again, and each time
    /// the system would clear every page of them. For the process, so it is for those that train.
    /// </summary>
    /// <returns>Whether the settings were taken; not where the C library is not GNU's.</returns>
    /// <remarks>
    /// One arena for all threads that have none yet: those of other threads than the main one are made of heaps of 64 MB, which go back
    /// to the system whatever the threshold is, and are too small for large tensors. And no fast bins: each tensor that is freed would walk
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
