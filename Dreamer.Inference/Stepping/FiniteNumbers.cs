using System.Numerics.Tensors;

namespace Dreamer.Inference.Stepping;

/// <summary>Looks for NaN and infinity.</summary>
internal static class FiniteNumbers
{
    /// <summary>The index of the first NaN or infinity, or -1.</summary>
    internal static int IndexOfNonFinite(ReadOnlySpan<float> numbers)
    {
        // The largest magnitude is NaN or infinite as soon as one number is.
        if (numbers.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude(numbers)))
        {
            return -1;
        }
        var index = 0;
        while (float.IsFinite(numbers[index]))
        {
            index++;
        }
        return index;
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
}
