using System.IO.Compression;

namespace Dreamer.Inference.Episodes;

/// <summary>Writes NumPy's <c>.npz</c>, a zip archive of arrays by name, an array after the other and none of them whole in memory.</summary>
/// <remarks>Equal arrays give equal files. Not thread-safe. The stream stays the caller's.</remarks>
public sealed class NpzWriter : IDisposable
{
    // The first instant that a zip entry can have: files of equal content are then equal.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;

    /// <summary>Begins an archive.</summary>
    /// <param name="stream">Where it is written.</param>
    public NpzWriter(Stream stream) => _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Writes an array.</summary>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <param name="type">The type of its elements in NumPy's notation, for example <c>&lt;f4</c>.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="elements">Writes the elements: in C order, little-endian; their number follows from the shape.</param>
    public void Write(string name, string type, IReadOnlyList<int> shape, Action<Stream> elements)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(elements);
        var entry = _archive.CreateEntry(name + ".npy", CompressionLevel.Fastest);
        entry.LastWriteTime = Epoch;
        using var content = entry.Open();
        NpyFormat.WriteHeader(content, type, shape);
        elements(content);
    }

    /// <summary>Ends the archive.</summary>
    public void Dispose() => _archive.Dispose();
}
