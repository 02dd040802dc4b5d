using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dreamer.Inference.Noise;

/// <summary>Philox4x32-10: a stateless random generator; its output is a function of a 128-bit counter and a 64-bit key.</summary>
/// <remarks>Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).</remarks>
internal static class Philox4x32
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The four words of a counter under a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The words of four successive counters at once, block by block, equal to <see cref="Block"/>.</summary>
    /// <remarks>Only for processors with <see cref="Avx2"/>. Words are in the lower halves of lanes; the upper halves are ignored.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<uint> First, Vector256<uint> Second) FourBlocks(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        var (multiplier0, multiplier1) = (Vector256.Create((ulong)Multiplier0).AsUInt32(), Vector256.Create((ulong)Multiplier1).AsUInt32());
        var x0 = Vector256.Create((ulong)c0, c0 + 1, c0 + 2, c0 + 3);
        var (x1, x2, x3) = (Vector256.Create((ulong)c1), Vector256.Create((ulong)c2), Vector256.Create((ulong)c3));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = Avx2.Multiply(x0.AsUInt32(), multiplier0);
            var product1 = Avx2.Multiply(x2.AsUInt32(), multiplier1);
            (x0, x1, x2, x3) = (
                (product1 >> 32) ^ x1 ^ Vector256.Create((ulong)k0), product1, (product0 >> 32) ^ x3 ^ Vector256.Create((ulong)k1), product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        // Transpose: from one word of every block per vector to the words of each block in sequence.
        var low = Vector256.Create((ulong)uint.MaxValue);
        var (front, back) = ((x0 & low) | (x1 << 32), (x2 & low) | (x3 << 32));
        var (even, odd) = (Avx2.UnpackLow(front, back), Avx2.UnpackHigh(front, back));
        return (Avx2.Permute2x128(even, odd, 0x20).AsUInt32(), Avx2.Permute2x128(even, odd, 0x31).AsUInt32());
    }
}
