using System.Runtime.Intrinsics;

namespace Dreamer.Training.Kernels;

/// <summary>Functions of sixteen numbers at a time.</summary>
internal static class VectorMath
{
    private const float Log2OfE = 1.44269504f;

    // ln 2 as the sum of a number with few bits, whose products with small integers are exact, and the rest.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // For lower x the result is -1, and 2^n would not be a normal number.
    private const float Lowest = -87;

    /// <summary>e^x - 1 for x up to 0, exact to the last bits near 0 as well: 2^n (e^r - 1) + (2^n - 1) with r = x - n ln 2, e^r - 1 by its series.</summary>
    /// <param name="x">Numbers up to 0; NaN stays NaN.</param>
    public static Vector512<float> ExpMinusOne(Vector512<float> x)
    {
        var bounded = Vector512.Max(x, Vector512.Create(Lowest));
        var n = Vector512.Round(bounded * Log2OfE);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), bounded);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var sum = Vector512.Create(1f / 5040);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 6));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5f));
        var series = Vector512.FusedMultiplyAdd(sum, r * r, r);
        var power = ((Vector512.ConvertToInt32Native(n) + Vector512.Create(127)) << 23).AsSingle();
        return Vector512.FusedMultiplyAdd(power, series, power - Vector512<float>.One);
    }
}
