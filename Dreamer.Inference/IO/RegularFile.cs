using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dreamer.Inference.IO;

/// <summary>Opens regular files only: opening a pipe or a terminal could block.</summary>
internal static partial class RegularFile
{
    // O_RDONLY | O_NONBLOCK | O_CLOEXEC, which every system numbers for itself.
    private const int LinuxFlags = 0x80800;
    private const int MacFlags = 0x1000004;

    /// <summary>Opens a file for reading and never blocks.</summary>
    /// <exception cref="IOException">It is missing, cannot be opened, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static SafeFileHandle Open(string path)
    {
        var handle = OpenWithoutWaiting(path);
        try
        {
            // .NET tells no kinds of file apart, but a pipe, a socket and a terminal have no positions.
            _ = RandomAccess.GetLength(handle);
            return handle;
        }
        catch (NotSupportedException e)
        {
            handle.Dispose();
            throw new IOException($"'{path}' is a pipe or a device, not a file.", e);
        }
    }

    private static SafeFileHandle OpenWithoutWaiting(string path)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            var handle = Open(path, OperatingSystem.IsLinux() ? LinuxFlags : MacFlags);
            if (!handle.IsInvalid)
            {
                return handle;
            }
            handle.Dispose();
        }
        // Other platforms have no pipes in folders; a file that could not be opened fails here again, with a helpful exception.
        return File.OpenHandle(path);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
