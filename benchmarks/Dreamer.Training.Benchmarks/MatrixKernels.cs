using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dreamer.Training.Benchmarks;

/// <summary>The products of matrices of a dense layer, [rows, inputs] to [rows, outputs].</summary>
internal static class MatrixKernels
{
    /// <summary>The layer itself.</summary>
    public static KernelCall Forward(long rows, long inputs, long outputs, double calls = 1) => Of("forward", rows, inputs, outputs, calls, () =>
    {
        var (input, weight) = (rand(rows, inputs), rand(outputs, inputs));
        return () => functional.linear(input, weight);
    });

    /// <summary>The gradient of its weights.</summary>
    public static KernelCall WeightGradient(long rows, long inputs, long outputs, double calls = 1) => Of("weights", rows, inputs, outputs, calls, () =>
    {
        var (input, gradient) = (rand(rows, inputs), rand(rows, outputs));
        return () => gradient.t().matmul(input);
    });

    /// <summary>The gradient of its input.</summary>
    public static KernelCall InputGradient(long rows, long inputs, long outputs, double calls = 1) => Of("input", rows, inputs, outputs, calls, () =>
    {
        var (weight, gradient) = (rand(outputs, inputs), rand(rows, outputs));
        return () => gradient.matmul(weight);
    });

    /// <summary>A product of square matrices, which no step has: what the library can do at best.</summary>
    public static KernelCall Square(long size) => Forward(size, size, size, calls: 0);

    private static KernelCall Of(string pass, long rows, long inputs, long outputs, double calls, Func<Action> prepare) =>
        new(KernelClass.MatrixProducts, $"{pass} {rows}x{inputs}x{outputs}", 2.0 * rows * inputs * outputs, calls, prepare);
}
