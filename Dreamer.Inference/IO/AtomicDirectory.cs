namespace Dreamer.Inference.IO;

/// <summary>Builds a folder next to its final place and moves it there when it is complete.</summary>
public static class AtomicDirectory
{
    /// <summary>Creates or replaces a folder with what <paramref name="build"/> writes into a temporary folder.</summary>
    /// <param name="path">The folder to create or replace.</param>
    /// <param name="build">Fills the temporary folder at the given path.</param>
    /// <remarks>
    /// A folder cannot be swapped in one step everywhere: an old one is moved aside first and removed last, so that a crash
    /// leaves the old or the new folder, at worst under its temporary name.
    /// </remarks>
    /// <exception cref="IOException">The folder could not be written; the old one, if any, is untouched.</exception>
    public static void Replace(string path, Action<string> build)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(build);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var parent = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' names no folder.", nameof(path));
        Directory.CreateDirectory(parent);
        var temporary = AtomicFile.TemporaryName(target);
        try
        {
            Directory.CreateDirectory(temporary);
            build(temporary);
            if (Directory.Exists(target))
            {
                var old = AtomicFile.TemporaryName(target);
                Directory.Move(target, old);
                Directory.Move(temporary, target);
                Directory.Delete(old, recursive: true);
            }
            else
            {
                Directory.Move(temporary, target);
            }
        }
        catch
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
            throw;
        }
        UnixDirectory.Flush(parent);
    }
}
