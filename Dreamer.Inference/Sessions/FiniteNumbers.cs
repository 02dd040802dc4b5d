using System.Numerics;
using System.Runtime.InteropServices;

namespace Dreamer.Inference;

/// <summary>Looks for numbers that are not finite.</summary>
internal static class FiniteNumbers
{
    /// <summary>The index of the first NaN or infinity, or -1.</summary>
    internal static int IndexOfOther(ReadOnlySpan<float> numbers)
    {
        // x - x is 0 but for NaN and the infinities, and a sum with a NaN is one: a pass without a branch for what is nearly always so.
        var sums = Vector<float>.Zero;
        var packets = MemoryMarshal.Cast<float, Vector<float>>(numbers);
        foreach (var packet in packets)
        {
            sums += packet - packet;
        }
        var sum = Vector.Sum(sums);
        foreach (var number in numbers[(packets.Length * Vector<float>.Count)..])
        {
            sum += number - number;
        }
        return sum == 0 ? -1 : FirstOther(numbers);
    }

    /// <summary>Refuses numbers that are not finite.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="what">What to call them.</param>
    /// <exception cref="ArgumentException">One is not; the message says which.</exception>
    internal static void Require(ReadOnlySpan<float> numbers, string what)
    {
        if (IndexOfOther(numbers) is >= 0 and var index)
        {
            throw new ArgumentException($"'{what}' holds {numbers[index]} at index {index}; finite numbers are expected.", what);
        }
    }

    private static int FirstOther(ReadOnlySpan<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!float.IsFinite(numbers[i]))
            {
                return i;
            }
        }
        return -1;
    }
}
