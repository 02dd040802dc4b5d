using System.Runtime.InteropServices;

namespace Dreamer.Inference.IO;

/// <summary>Makes a rename durable: on Unix the folder itself must be flushed, which .NET has no call for.</summary>
internal static partial class UnixDirectory
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder's entries to the disk; does nothing on Windows, where a move is durable.</summary>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            return; // A folder that may be written but not read: the data is flushed, only the rename may be lost with the power.
        }
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
