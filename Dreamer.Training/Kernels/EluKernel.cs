using System.Runtime.Intrinsics;

namespace Dreamer.Training.Kernels;

/// <summary>The exponential linear unit with alpha 1: x if positive, else e^x - 1.</summary>
internal readonly struct EluKernel : IElementwiseKernel
{
    public static Vector512<float> Value(Vector512<float> x)
    {
        var below = VectorMath.ExpMinusOne(Vector512.Min(x, Vector512<float>.Zero));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, below);
    }

    public static Vector512<float> Slope(Vector512<float> value) =>
        Vector512.Min(value, Vector512<float>.Zero) + Vector512<float>.One;
}
