using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Kernels;

/// <summary>A function of every element, computed in one pass over the memory of CPU tensors.</summary>
/// <remarks>
/// libtorch's functions take three to seven times as long: they call a math library for a few numbers at a time, and compute the
/// exponential again for the gradient. The results differ in the last bits. Thread-safe.
/// </remarks>
internal static class ElementwiseFunction
{
    /// <summary>Whether a tensor is supported: single precision, on the CPU, contiguous or channels-last.</summary>
    public static bool Reads(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && (tensor.is_contiguous() || IsChannelsLast(tensor));

    /// <summary>Applies a function, with a gradient if the tensor requires one.</summary>
    /// <typeparam name="TKernel">The function.</typeparam>
    /// <param name="value">A tensor that <see cref="Reads"/> accepts.</param>
    /// <returns>A tensor with the same memory layout.</returns>
    public static Tensor Apply<TKernel>(Tensor value)
        where TKernel : struct, IElementwiseKernel =>
        is_grad_enabled() && value.requires_grad ? Differentiable<TKernel>.apply(value) : Forward<TKernel>(value);

    private static Tensor Forward<TKernel>(Tensor value)
        where TKernel : struct, IElementwiseKernel
    {
        using var scope = NewDisposeScope();
        var result = value.empty_like();
        var channelsLast = !value.is_contiguous();
        VectorLoop.Map<TKernel>(Numbers(value, channelsLast), Numbers(result, channelsLast));
        return result.MoveToOuterDisposeScope();
    }

    private static Tensor Backward<TKernel>(Tensor result, Tensor gradient)
        where TKernel : struct, IElementwiseKernel
    {
        using var scope = NewDisposeScope();
        var change = result.empty_like();
        var channelsLast = !result.is_contiguous();
        VectorLoop.MapSlope<TKernel>(Numbers(result, channelsLast), Numbers(gradient, channelsLast), Numbers(change, channelsLast));
        return change.MoveToOuterDisposeScope();
    }

    private static bool IsChannelsLast(Tensor tensor)
    {
        if (tensor.dim() != 4)
        {
            return false;
        }
        using var permuted = tensor.permute(0, 2, 3, 1);
        return permuted.is_contiguous();
    }

    /// <summary>The elements in one layout; a copy if the tensor has the other one.</summary>
    private static Span<float> Numbers(Tensor tensor, bool channelsLast) =>
        MemoryMarshal.Cast<byte, float>((channelsLast ? tensor.permute(0, 2, 3, 1) : tensor).contiguous().bytes);

    private sealed class Differentiable<TKernel> : autograd.SingleTensorFunction<Differentiable<TKernel>>
        where TKernel : struct, IElementwiseKernel
    {
        public override string Name => typeof(TKernel).Name;

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var result = Forward<TKernel>((Tensor)vars[0]);
            ctx.save_for_backward([result]);
            return result;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            using var result = ctx.get_saved_variables()[0];
            return [Backward<TKernel>(result, grad_output)];
        }
    }
}
