using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Dreamer.Cli.Animation;

/// <summary>A chunk of a PNG file: a four-letter name and its content.</summary>
/// <remarks>Source: the PNG specification, third edition, https://www.w3.org/TR/png-3/#5DataRep.</remarks>
internal readonly record struct PngChunk(string Name, byte[] Content)
{
    private const int NameLength = 4;
    private const int Overhead = sizeof(uint) + NameLength + sizeof(uint);

    /// <summary>The signature at the start of every PNG file.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the chunks of a file, in order.</summary>
    /// <exception cref="InvalidDataException">The file is not a PNG, is truncated, or a chunk's checksum does not match its content.</exception>
    internal static IReadOnlyList<PngChunk> Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            throw new InvalidDataException("Not a PNG: the signature is missing.");
        }
        var chunks = new List<PngChunk>();
        for (var rest = file[Signature.Length..]; !rest.IsEmpty;)
        {
            if (rest.Length < Overhead || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - Overhead)
            {
                throw new InvalidDataException($"The PNG is truncated in chunk {chunks.Count}.");
            }
            var named = rest.Slice(sizeof(uint), NameLength + (int)BinaryPrimitives.ReadUInt32BigEndian(rest));
            var chunk = new PngChunk(Encoding.ASCII.GetString(named[..NameLength]), named[NameLength..].ToArray());
            if (BinaryPrimitives.ReadUInt32BigEndian(rest[(sizeof(uint) + named.Length)..]) != Crc32.HashToUInt32(named))
            {
                throw new InvalidDataException($"Chunk {chunks.Count} of the PNG, {chunk.Name}, is damaged: checksum mismatch.");
            }
            chunks.Add(chunk);
            rest = rest[(Overhead + chunk.Content.Length)..];
        }
        return chunks;
    }

    /// <summary>Writes the chunk: length, name, content, and the CRC-32 of name and content.</summary>
    internal void Write(Stream stream)
    {
        var chunk = new byte[Overhead + Content.Length];
        var named = chunk.AsSpan(sizeof(uint), NameLength + Content.Length);
        BinaryPrimitives.WriteInt32BigEndian(chunk, Content.Length);
        Encoding.ASCII.GetBytes(Name, named);
        Content.CopyTo(named[NameLength..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(sizeof(uint) + named.Length), Crc32.HashToUInt32(named));
        stream.Write(chunk);
    }
}
