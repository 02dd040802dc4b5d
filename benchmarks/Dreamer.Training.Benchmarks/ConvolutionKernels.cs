using Dreamer.Training.Kernels;
using Dreamer.Training.Networks;
using static TorchSharp.torch;

namespace Dreamer.Training.Benchmarks;

/// <summary>The convolutions of an image network, each with its gradients.</summary>
internal static class ConvolutionKernels
{
    /// <summary>Those of encoder and decoder.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="height">The image's.</param>
    /// <param name="width">The image's.</param>
    /// <param name="rows">Images in a batch.</param>
    public static IEnumerable<KernelCall> Of(ImagePlan plan, int height, int width, long rows)
    {
        foreach (var (index, layer) in plan.Encoder.Index())
        {
            var (outHeight, outWidth) = (
                (height + 2 * layer.Padding.Height - layer.Kernel.Height) / layer.Stride + 1,
                (width + 2 * layer.Padding.Width - layer.Kernel.Width) / layer.Stride + 1);
            // Nobody asks for the gradient of an image.
            yield return Call("convolution", layer, rows, height, width, (long)outHeight * outWidth, wantsInputGradient: index > 0, (x, w) =>
                ImageConvolution.Forward(x, w, bias: null, layer.Stride, layer.Padding));
            (height, width) = (outHeight, outWidth);
        }
        (_, height, width) = plan.Decoded;
        foreach (var layer in plan.Decoder)
        {
            yield return Call("transposed", layer, rows, height, width, (long)height * width, wantsInputGradient: true, (x, w) =>
                ImageConvolution.Transposed(x, w, bias: null, layer.Stride, layer.Padding));
            (height, width) = (
                (height - 1) * layer.Stride + layer.Kernel.Height - 2 * layer.Padding.Height,
                (width - 1) * layer.Stride + layer.Kernel.Width - 2 * layer.Padding.Width);
        }
    }

    // Places: how many the kernel is laid on, the pixels of the smaller map.
    private static KernelCall Call(
        string name,
        ConvolutionPlan layer,
        long rows,
        int height,
        int width,
        long places,
        bool wantsInputGradient,
        Func<Tensor, Tensor, Tensor> apply)
    {
        var forward = 2.0 * rows * places * layer.Inputs * layer.Outputs * layer.Kernel.Height * layer.Kernel.Width;
        return new KernelCall(
            KernelClass.Convolutions,
            $"{name} {rows}x{height}x{width}x{layer.Inputs} to {layer.Outputs}, kernel {layer.Kernel.Height}x{layer.Kernel.Width}",
            (wantsInputGradient ? 3 : 2) * forward,
            Calls: 1,
            () =>
            {
                var input = rand(rows, height, width, layer.Inputs).permute(0, 3, 1, 2).requires_grad_(wantsInputGradient);
                long[] shape = name == "transposed"
                    ? [layer.Inputs, layer.Outputs, layer.Kernel.Height, layer.Kernel.Width]
                    : [layer.Outputs, layer.Inputs, layer.Kernel.Height, layer.Kernel.Width];
                var weight = rand(shape).requires_grad_();
                return () =>
                {
                    var output = apply(input, weight);
                    output.backward([output.detach()]);
                    (input.grad, weight.grad) = (null, null);
                };
            });
    }
}
