using System.Text;

namespace Dreamer.Inference.IO;

/// <summary>
/// Replaces files so that a reader, a crash or a full disk meets the old content or the new, never a mix: the bytes go to a
/// temporary file in the same folder, are flushed to the disk, and are moved into place.
/// </summary>
/// <remarks>Thread-safe. Concurrent writers of one path each write a whole file; the last move wins.</remarks>
public static class AtomicFile
{
    /// <summary>How the names of unfinished files end; whatever ends so may be deleted.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Writes a file through <paramref name="write"/> and moves it into place.</summary>
    /// <param name="path">The file to create or replace; its folder is created if it is missing.</param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <exception cref="IOException">The content could not be written; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' names no file.", nameof(path));
        Directory.CreateDirectory(folder);
        var temporary = TemporaryName(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
        UnixDirectory.Flush(folder);
    }

    /// <summary>Replaces the content of a file by <paramref name="content"/>.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> content)
    {
        // A span cannot be captured, and one copy costs little compared with writing to a disk.
        var copy = content.ToArray();
        Write(path, stream => stream.Write(copy));
    }

    /// <summary>Replaces the content of a file by <paramref name="content"/> as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllText(string path, string content) => WriteAllBytes(path, Encoding.UTF8.GetBytes(content));

    internal static string TemporaryName(string target) => $"{target}.{Guid.NewGuid():N}{TemporarySuffix}";

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The write's own exception is the one to report; a leftover file has the suffix of temporary files.
        }
    }
}
