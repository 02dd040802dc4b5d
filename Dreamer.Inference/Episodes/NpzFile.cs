using System.IO.Compression;
using Dreamer.Inference.IO;

namespace Dreamer.Inference.Episodes;

/// <summary>Reads and writes NumPy's <c>.npz</c>: a zip archive of arrays by name.</summary>
internal static class NpzFile
{
    private const string Ending = ".npy";
    private const int MostArrays = 256;

    internal static void Write(string path, IEnumerable<(string Name, NpyArray Array)> arrays) => AtomicFile.Write(path, stream => Write(stream, arrays));

    internal static void Write(Stream stream, IEnumerable<(string Name, NpyArray Array)> arrays)
    {
        using var archive = new NpzWriter(stream);
        foreach (var (name, array) in arrays)
        {
            archive.Write(name, array.Type, array.Shape, content => content.Write(array.Data));
        }
    }

    /// <summary>Reads the requested arrays of a file, or only their types and shapes.</summary>
    /// <exception cref="InvalidEpisodeException">The file is missing, not an archive, too large, or holds an unsupported array.</exception>
    /// <exception cref="IOException">It cannot be opened, or is a pipe or a device.</exception>
    internal static NpzContent Read(string path, Func<string, ArrayUse> use)
    {
        if (!File.Exists(path))
        {
            throw new InvalidEpisodeException($"Episode file '{path}' not found.");
        }
        using var file = new FileStream(RegularFile.Open(path), FileAccess.Read);
        return Read(file, path, use);
    }

    /// <inheritdoc cref="Read(string, Func{string, ArrayUse})"/>
    /// <param name="stream">The archive, seekable.</param>
    /// <param name="path">Its name in messages.</param>
    /// <param name="use">What is read of an array.</param>
    internal static NpzContent Read(Stream stream, string path, Func<string, ArrayUse> use)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return Read(path, archive, use);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new InvalidEpisodeException($"'{path}' is not a readable .npz archive: {(Foreign(stream) is { } kind ? $"it is {kind}." : e.Message)}", e);
        }
    }

    private static string? Foreign(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        stream.Position = 0;
        return ForeignFile.Describe(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
    }

    private static NpzContent Read(string path, ZipArchive archive, Func<string, ArrayUse> use)
    {
        if (archive.Entries.Count > MostArrays)
        {
            throw new InvalidEpisodeException($"'{path}' has {archive.Entries.Count} arrays; at most {MostArrays} are read.");
        }

        var (arrays, others) = (new Dictionary<string, NpyArray>(), new List<string>());
        var left = EpisodeLimits.LargestEpisode;
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(Ending, StringComparison.Ordinal)))
        {
            var name = entry.FullName[..^Ending.Length];
            var wanted = use(name);
            if (wanted == ArrayUse.None)
            {
                others.Add(name);
                continue;
            }
            left -= entry.Length;
            if (left < 0)
            {
                throw new InvalidEpisodeException($"'{path}' claims more than {EpisodeLimits.LargestEpisode} bytes of arrays.");
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
        return new NpzContent(arrays, others);
    }
}
