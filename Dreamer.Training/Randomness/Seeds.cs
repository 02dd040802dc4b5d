using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dreamer.Training.Randomness;

/// <summary>Derives the seed of each use of randomness from the run's seed, so that none depends on how much another has drawn.</summary>
/// <remarks>
/// A run needs to store no generator's state to be resumed: what update number n draws is a function of the run's seed and n.
/// </remarks>
internal static class Seeds
{
    /// <summary>The seed for one use: the first 8 bytes of SHA-256 over seed, index and purpose.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What the numbers are for; part of what a seed means, so never rename one.</param>
    /// <param name="index">Which of several uses of that purpose: an update's number, an episode's.</param>
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
