using System.Runtime.Intrinsics;

namespace Dreamer.Training.Kernels;

/// <summary>The hyperbolic tangent: -m / (2 + m) with m = e^(-2|x|) - 1, with the sign of x.</summary>
internal readonly struct TanhKernel : IElementwiseKernel
{
    public static Vector512<float> Value(Vector512<float> x)
    {
        var m = VectorMath.ExpMinusOne(Vector512.Abs(x) * -2);
        return Vector512.CopySign(m / (m + Vector512.Create(2f)), x);
    }

    public static Vector512<float> Slope(Vector512<float> value) => Vector512<float>.One - value * value;
}
