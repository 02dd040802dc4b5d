using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dreamer.Inference.IO;
using static TorchSharp.torch;

namespace Dreamer.Training.Checkpoints;

/// <summary>Checkpoints as files with a checksum.</summary>
/// <remarks>
/// Layout, little-endian: <c>DREAMCKP</c>, int32 version, int32 count; per entry its name, uint8 element type, int32 rank,
/// int64 sides, int64 byte length, bytes; at the end the int64 length of all that and its SHA-256. A truncated or changed
/// file is rejected.
/// </remarks>
internal static class CheckpointFile
{
    private const int Version = 1;
    private const int FooterSize = sizeof(long) + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "DREAMCKP"u8;

    /// <summary>Writes a checkpoint atomically.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="checkpoint">What to write.</param>
    /// <exception cref="IOException">It could not be written; an existing file is unchanged.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(checkpoint.Entries.Count);
            foreach (var (name, entry) in checkpoint.Entries)
            {
                writer.Write(name);
                writer.Write((byte)entry.Type);
                writer.Write(entry.Shape.Length);
                foreach (var side in entry.Shape)
                {
                    writer.Write(side);
                }
                writer.Write(entry.Data.LongLength);
                writer.Write(entry.Data);
            }
        }
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(bytes.Span);
            Span<byte> footer = stackalloc byte[FooterSize];
            BinaryPrimitives.WriteInt64LittleEndian(footer, bytes.Length);
            SHA256.HashData(bytes.Span, footer[sizeof(long)..]);
            stream.Write(footer);
        });
    }

    /// <summary>Reads a checkpoint and verifies its checksum.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidCheckpointException">The file is not a checkpoint, or is damaged; the message says how.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Checkpoint Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < Magic.Length || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidCheckpointException($"'{path}' is not a checkpoint: it does not start with '{Encoding.ASCII.GetString(Magic)}'.");
        }
        var length = bytes.Length - FooterSize;
        if (length < 0 || BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(length)) != length)
        {
            throw new InvalidCheckpointException($"'{path}' is incomplete: its {bytes.Length} bytes do not end with their length.");
        }
        if (!SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length + sizeof(long))))
        {
            throw new InvalidCheckpointException($"'{path}' is damaged: SHA-256 mismatch.");
        }
        try
        {
            return Parse(path, bytes, length);
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidCheckpointException($"'{path}' is not a checkpoint of this version: {e.Message}", e);
        }
    }

    private static Checkpoint Parse(string path, byte[] bytes, int length)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length, length - Magic.Length, writable: false));
        if (reader.ReadInt32() is var version && version != Version)
        {
            throw new InvalidCheckpointException($"'{path}' has format version {version}; this program reads {Version}.");
        }
        var checkpoint = new Checkpoint();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var name = reader.ReadString();
            var type = (ScalarType)reader.ReadByte();
            var shape = new long[reader.ReadInt32()];
            for (var i = 0; i < shape.Length; i++)
            {
                shape[i] = reader.ReadInt64();
            }
            checkpoint.Add(name, new CheckpointEntry(type, shape, reader.ReadBytes(checked((int)reader.ReadInt64()))));
        }
        return checkpoint;
    }
}
