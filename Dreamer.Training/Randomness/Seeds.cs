using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dreamer.Training.Randomness;

/// <summary>Derives a separate seed for each use of randomness from the run's seed.</summary>
/// <remarks>
/// A resumed run needs no saved generator state: the randomness of update n is a function of the run's seed and n.
/// </remarks>
internal static class Seeds
{
    /// <summary>The seed for one use: the first 8 bytes of SHA-256 over seed, index and purpose.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">The purpose of the numbers; renaming one changes the results of every seed.</param>
    /// <param name="index">The index among uses with the same purpose, such as an update's or an episode's number.</param>
    public static ulong Derive(ulong seed, string purpose, long index = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var message = new byte[2 * sizeof(ulong) + Encoding.UTF8.GetByteCount(purpose)];
        BinaryPrimitives.WriteUInt64LittleEndian(message, seed);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(sizeof(ulong)), index);
        Encoding.UTF8.GetBytes(purpose, message.AsSpan(2 * sizeof(ulong)));
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(message));
    }
}
