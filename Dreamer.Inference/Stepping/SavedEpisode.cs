using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Dreamer.Inference.Stepping;

/// <summary>A live episode as bytes: the recurrent state, the last action and the last answers.</summary>
/// <remarks>
/// Little-endian: magic, the agent's fingerprint, seed, step, resets, the available outputs, the episode's id, the numbers, then the first 8 bytes
/// of the SHA-256 of everything before. Nothing is trusted before that checksum matches.
/// </remarks>
internal sealed record SavedEpisode
{
    private const int FingerprintSize = SHA256.HashSizeInBytes;
    private const int SumSize = 8;
    private const int HeaderSize = 4 + FingerprintSize + 8 + 8 + 4 + 4 + 4;

    private static readonly byte[] Magic = "DSS1"u8.ToArray();

    public required byte[] Fingerprint { get; init; }

    public required ulong Seed { get; init; }

    public required long Step { get; init; }

    public required int Resets { get; init; }

    public required AgentOutputs Outputs { get; init; }

    public required string EpisodeId { get; init; }

    /// <summary>Latent, last action, reward, discount, value, surprise, action probabilities, in this order.</summary>
    public required float[] Numbers { get; init; }

    /// <summary>Identifies an agent: the hash of its graphs' hashes.</summary>
    public static byte[] FingerprintOf(AgentManifest manifest) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', manifest.Graphs.Select(graph => $"{graph.Name} {graph.Sha256}"))));

    public byte[] ToBytes()
    {
        var id = Encoding.UTF8.GetBytes(EpisodeId);
        var bytes = new byte[HeaderSize + id.Length + Numbers.Length * sizeof(float) + SumSize];
        var rest = bytes.AsSpan();
        Magic.CopyTo(rest);
        Fingerprint.CopyTo(rest[4..]);
        rest = rest[(4 + FingerprintSize)..];
        BinaryPrimitives.WriteUInt64LittleEndian(rest, Seed);
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], Step);
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], Resets);
        BinaryPrimitives.WriteInt32LittleEndian(rest[20..], (int)Outputs);
        BinaryPrimitives.WriteInt32LittleEndian(rest[24..], id.Length);
        rest = rest[28..];
        id.CopyTo(rest);
        MemoryMarshal.AsBytes(Numbers.AsSpan()).CopyTo(rest[id.Length..]);
        SHA256.HashData(bytes.AsSpan(..^SumSize)).AsSpan(..SumSize).CopyTo(bytes.AsSpan(^SumSize..));
        return bytes;
    }

    /// <summary>Reads a saved episode of an agent with these sizes. The caller compares the fingerprint.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a saved episode, are damaged, or hold values that no episode has.</exception>
    public static SavedEpisode FromBytes(ReadOnlySpan<byte> bytes, AgentManifest manifest)
    {
        if (bytes.Length < HeaderSize + SumSize || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException($"These {bytes.Length} bytes are not the saved state of a session.");
        }
        if (!SHA256.HashData(bytes[..^SumSize]).AsSpan(..SumSize).SequenceEqual(bytes[^SumSize..]))
        {
            throw new InvalidDataException("The saved state of the session is damaged: checksum mismatch.");
        }
        var rest = bytes[(4 + FingerprintSize)..^SumSize];
        var idSize = BinaryPrimitives.ReadInt32LittleEndian(rest[24..]);
        if (idSize < 0 || rest.Length - 28 - (long)idSize != (long)CountNumbers(manifest) * sizeof(float))
        {
            throw new InvalidDataException("The saved state of the session is of another agent: the sizes differ.");
        }
        var saved = new SavedEpisode
        {
            Fingerprint = bytes[4..(4 + FingerprintSize)].ToArray(),
            Seed = BinaryPrimitives.ReadUInt64LittleEndian(rest),
            Step = BinaryPrimitives.ReadInt64LittleEndian(rest[8..]),
            Resets = BinaryPrimitives.ReadInt32LittleEndian(rest[16..]),
            Outputs = (AgentOutputs)BinaryPrimitives.ReadInt32LittleEndian(rest[20..]),
            EpisodeId = Encoding.UTF8.GetString(rest.Slice(28, idSize)),
            Numbers = MemoryMarshal.Cast<byte, float>(rest[(28 + idSize)..]).ToArray(),
        };
        return saved.Step >= 0 && FiniteNumbers.IndexOfNonFinite(saved.Numbers) < 0
            ? saved
            : throw new InvalidDataException("The saved state of the session holds a negative step or a number that is not finite.");
    }

    private static int CountNumbers(AgentManifest manifest) =>
        manifest.Latent.Size + manifest.Action.Size + 4 + (manifest.Action.IsDiscrete ? manifest.Action.Size : 0);
}
