using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Optimization;

/// <summary>The Euclidean norm of all gradients, summed in double precision: in single, a sum over millions of squares loses the small ones.</summary>
internal static class GlobalNorm
{
    /// <summary>The norm of a contiguous vector of single-precision numbers.</summary>
    public static double Compute(Tensor gradients)
    {
        if (gradients.device.type == DeviceType.CPU && gradients.numel() <= int.MaxValue / sizeof(float))
        {
            return Math.Sqrt(SumOfSquares(MemoryMarshal.Cast<byte, float>(gradients.bytes)));
        }
        using var wide = gradients.to(ScalarType.Float64);
        using var norm = wide.norm();
        return norm.item<double>();
    }

    internal static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (first, second) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var low, out var high);
            first += low * low;
            second += high * high;
        }
        var sum = Vector.Sum(first + second);
        foreach (double value in values[(vectors.Length * Vector<float>.Count)..])
        {
            sum += value * value;
        }
        return sum;
    }
}
