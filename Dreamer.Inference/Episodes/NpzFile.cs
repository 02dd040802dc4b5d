using System.IO.Compression;
using Dreamer.Inference.IO;

namespace Dreamer.Inference.Episodes;

/// <summary>Reads and writes NumPy's <c>.npz</c>: a zip archive of arrays by name.</summary>
internal static class NpzFile
{
    /// <summary>A larger episode is refused whatever its compressed size: it is a zip bomb, not a recording.</summary>
    internal const long LargestEpisode = 1L << 30;

    private const int MostArrays = 256;

    internal static void Write(string path, IEnumerable<(string Name, NpyArray Array)> arrays) => AtomicFile.Write(path, stream =>
    {
        using var archive = new NpzWriter(stream);
        foreach (var (name, array) in arrays)
        {
            archive.Write(name, array.Type, array.Shape, content => content.Write(array.Data));
        }
    });

    /// <summary>Reads the requested arrays of a file, or only their types and shapes.</summary>
    /// <exception cref="InvalidEpisodeException">The file is missing, not an archive, too large, or holds an unsupported array.</exception>
    /// <exception cref="IOException">It cannot be opened, or is a pipe or a device.</exception>
    internal static Dictionary<string, NpyArray> Read(string path, Func<string, ArrayUse> use)
    {
        if (!File.Exists(path))
        {
            throw new InvalidEpisodeException($"Episode file '{path}' not found.");
        }

        try
        {
            using var file = new FileStream(RegularFile.Open(path), FileAccess.Read);
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return Read(path, archive, use);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new InvalidEpisodeException($"'{path}' is not a readable .npz archive: {e.Message}", e);
        }
    }

    private static Dictionary<string, NpyArray> Read(string path, ZipArchive archive, Func<string, ArrayUse> use)
    {
        if (archive.Entries.Count > MostArrays)
        {
            throw new InvalidEpisodeException($"'{path}' has {archive.Entries.Count} arrays; at most {MostArrays} are read.");
        }

        var arrays = new Dictionary<string, NpyArray>();
        var left = LargestEpisode;
        foreach (var entry in archive.Entries)
        {
            var name = Path.GetFileNameWithoutExtension(entry.FullName);
            var wanted = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? use(name) : ArrayUse.None;
            if (wanted == ArrayUse.None)
            {
                continue;
            }
            left -= entry.Length;
            if (left < 0)
            {
                throw new InvalidEpisodeException($"'{path}' claims more than {LargestEpisode} bytes of arrays.");
            }

            try
            {
                using var content = entry.Open();
                if (!arrays.TryAdd(name, NpyFormat.Read(content, entry.Length, withData: wanted == ArrayUse.Data)))
                {
                    throw new InvalidEpisodeException("is in the archive twice");
                }
            }
            catch (InvalidEpisodeException e)
            {
                throw new InvalidEpisodeException($"Array '{name}' of '{path}' {e.Message}.", e);
            }
        }
        return arrays;
    }
}
