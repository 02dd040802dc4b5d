using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dreamer.Training.Randomness;

/// <summary>Uniform single-precision numbers in (0, 1), sixteen at a time, equal on every platform.</summary>
/// <remarks>
/// Sixteen xoshiro128+ generators side by side (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021; made for
/// floating-point numbers, whose upper bits are the good ones), each with a state of its own from <see cref="SeededRandom"/>.
/// torch's generator makes one number after the other, and takes ten times as long. Not thread-safe.
/// </remarks>
internal sealed class UniformStream
{
    /// <summary>The numbers computed at a time; the rest of the last ones is discarded when a span is full.</summary>
    public const int Lanes = 16;

    // Single-precision uniforms are multiples of 2^-24; a zero, whose logarithm is infinite, becomes half a step.
    private const float Step = 1f / (1 << 24);

    private Vector512<uint> _a, _b, _c, _d;

    /// <summary>Starts the numbers of a seed.</summary>
    /// <param name="seed">Any number.</param>
    public UniformStream(ulong seed)
    {
        var random = new SeededRandom(seed);
        Span<ulong> words = stackalloc ulong[4 * Lanes / 2];
        foreach (ref var word in words)
        {
            word = random.NextUInt64();
        }
        var states = MemoryMarshal.Cast<ulong, Vector512<uint>>(words);
        // A state of zeros would stay zero; the last word keeps every lane nonzero.
        (_a, _b, _c, _d) = (states[0], states[1], states[2], states[3] | Vector512<uint>.One);
    }

    /// <summary>Fills a span with numbers.</summary>
    /// <param name="numbers">Receives the numbers.</param>
    public void Fill(Span<float> numbers)
    {
        // Local variables: fields would be written to memory after every step.
        var (a, b, c, d) = (_a, _b, _c, _d);
        Span<float> last = stackalloc float[Lanes];
        for (var i = 0; i < numbers.Length; i += Lanes)
        {
            var uniform = Vector512.MaxNative(Vector512.ConvertToSingle(((a + d) >>> 8).AsInt32()) * Step, Vector512.Create(Step / 2));
            if (i <= numbers.Length - Lanes)
            {
                uniform.CopyTo(numbers[i..]);
            }
            else
            {
                uniform.CopyTo(last);
                last[..(numbers.Length - i)].CopyTo(numbers[i..]);
            }
            var shifted = b << 9;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= shifted;
            d = (d << 11) | (d >>> 21);
        }
        (_a, _b, _c, _d) = (a, b, c, d);
    }
}
