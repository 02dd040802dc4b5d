using System.Numerics;
using System.Runtime.InteropServices;

namespace Dreamer.Inference.Stepping;

/// <summary>Looks for NaN and infinity.</summary>
internal static class FiniteNumbers
{
    /// <summary>The index of the first NaN or infinity, or -1.</summary>
    internal static int IndexOfNonFinite(ReadOnlySpan<float> numbers)
    {
        // x - x is 0 unless x is NaN or infinite, and a sum that holds a NaN is NaN. TensorPrimitives boxes until its code is optimized; a step must not allocate.
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
        return sum == 0 ? -1 : FirstNonFinite(numbers);
    }

    /// <summary>Refuses NaN and infinity.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="what">Their name in the error.</param>
    /// <exception cref="ArgumentException">A number is not finite; the message says which.</exception>
    internal static void Require(ReadOnlySpan<float> numbers, string what)
    {
        if (IndexOfNonFinite(numbers) is >= 0 and var index)
        {
            throw new ArgumentException($"'{what}' holds {numbers[index]} at index {index}; all numbers must be finite.", what);
        }
    }

    private static int FirstNonFinite(ReadOnlySpan<float> numbers)
    {
        var index = 0;
        while (float.IsFinite(numbers[index]))
        {
            index++;
        }
        return index;
    }
}
