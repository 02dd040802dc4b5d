using System.Buffers.Binary;
using System.Text;

namespace Dreamer.Cli.Animation;

/// <summary>A chunk of a PNG file: four letters that say what it is, and its content.</summary>
/// <remarks>Source: the PNG specification, third edition, https://www.w3.org/TR/png-3/#5DataRep.</remarks>
internal readonly record struct PngChunk(string Name, byte[] Content)
{
    private const int NameLength = 4;
    private const int Overhead = sizeof(uint) + NameLength + sizeof(uint);
    private const uint ReversedPolynomial = 0xEDB88320;

    private static readonly uint[] CrcOfByte = [.. Enumerable.Range(0, 256).Select(value => CrcBitByBit((uint)value))];

    /// <summary>What a PNG file begins with.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The chunks of a file, in order.</summary>
    /// <exception cref="InvalidDataException">It is no PNG, ends too early, or a chunk's checksum is not that of what it holds.</exception>
    internal static IReadOnlyList<PngChunk> Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            throw new InvalidDataException("These bytes are no PNG: they do not begin with its signature.");
        }
        var chunks = new List<PngChunk>();
        for (var rest = file[Signature.Length..]; !rest.IsEmpty;)
        {
            if (rest.Length < Overhead || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - Overhead)
            {
                throw new InvalidDataException($"The PNG ends within its chunk {chunks.Count}.");
            }
            var named = rest.Slice(sizeof(uint), NameLength + (int)BinaryPrimitives.ReadUInt32BigEndian(rest));
            var chunk = new PngChunk(Encoding.ASCII.GetString(named[..NameLength]), named[NameLength..].ToArray());
            if (BinaryPrimitives.ReadUInt32BigEndian(rest[(sizeof(uint) + named.Length)..]) != Crc32(named))
            {
                throw new InvalidDataException($"Chunk {chunks.Count} of the PNG, {chunk.Name}, is damaged: its checksum is another.");
            }
            chunks.Add(chunk);
            rest = rest[(Overhead + chunk.Content.Length)..];
        }
        return chunks;
    }

    /// <summary>Writes it: length, name, content, checksum of both.</summary>
    internal void Write(Stream stream)
    {
        var chunk = new byte[Overhead + Content.Length];
        var named = chunk.AsSpan(sizeof(uint), NameLength + Content.Length);
        BinaryPrimitives.WriteInt32BigEndian(chunk, Content.Length);
        Encoding.ASCII.GetBytes(Name, named);
        Content.CopyTo(named[NameLength..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(sizeof(uint) + named.Length), Crc32(named));
        stream.Write(chunk);
    }

    /// <summary>The checksum that PNG and ZIP share. The base library's hardware checksum is of another polynomial, Castagnoli's.</summary>
    internal static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = CrcOfByte[(byte)(crc ^ value)] ^ (crc >> 8);
        }
        return ~crc;
    }

    private static uint CrcBitByBit(uint crc)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * ReversedPolynomial);
        }
        return crc;
    }
}
