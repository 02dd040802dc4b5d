using System.Runtime.InteropServices;

namespace Dreamer.Training.Native;

/// <summary>The settings of the C library's allocator that training gains by.</summary>
internal static partial class Allocator
{
    // malloc.h: M_TRIM_THRESHOLD, M_MMAP_MAX, M_ARENA_MAX.
    private const int TrimThreshold = -1;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;

    /// <summary>
    /// Keeps freed memory for the next tensor: an update frees and asks for the same hundreds of megabytes again and again, and each time
    /// the system would clear every page of them. Once for the process; nothing where the C library is not GNU's.
    /// </summary>
    /// <remarks>One arena, since those of other threads than the main one give their memory back whatever the threshold is.</remarks>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var library) || !NativeLibrary.TryGetExport(library, "mallopt", out _))
        {
            return;
        }
        _ = SetOption(MmapMax, 0);
        _ = SetOption(TrimThreshold, int.MaxValue);
        _ = SetOption(ArenaMax, 1);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
