using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dreamer.Training.Kernels;

/// <summary>Convolutions of images by the tensor operations that are fastest in libtorch on a CPU.</summary>
/// <remarks>The sums are the same, in another order. Other devices use libtorch's own operations. Thread-safe.</remarks>
internal static class ImageConvolution
{
    // oneDNN pads channels to sixteen; its transposed convolution handles fewer channels one by one.
    private const int FewOutputs = 4;

    /// <summary>A convolution.</summary>
    /// <param name="input">[batch, inputs, height, width].</param>
    /// <param name="weight">[outputs, inputs, kernel height, kernel width].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">The step along both sides.</param>
    /// <param name="padding">Zeros added at both ends of the height, and of the width.</param>
    public static Tensor Forward(Tensor input, Tensor weight, Tensor? bias, long stride, (long Height, long Width) padding) =>
        functional.conv2d(
            input.device_type == DeviceType.CPU ? WithChannelsLast(input) : input,
            weight,
            bias,
            strides: [stride, stride],
            padding: [padding.Height, padding.Width]);

    /// <summary>A transposed convolution.</summary>
    /// <param name="input">[batch, inputs, height, width].</param>
    /// <param name="weight">[inputs, outputs, kernel height, kernel width].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">The step along both sides.</param>
    /// <param name="padding">Rows cut from both ends of the height, and columns from both ends of the width.</param>
    public static Tensor Transposed(Tensor input, Tensor weight, Tensor? bias, long stride, (long Height, long Width) padding)
    {
        if (input.device_type != DeviceType.CPU)
        {
            return Plain(input, weight, bias, stride, padding);
        }
        var (image, kernel) = (input.shape, weight.shape);
        var sums = padding != (0, 0) ? Plain(WithChannelsLast(input), weight, null, stride, padding)
            : image[2] == 1 && image[3] == 1 ? OfOnePixel(input, weight, kernel)
            : stride == 2 && kernel[1] <= FewOutputs && kernel[2] == kernel[3] && kernel[2] % 2 == 0 ? ByPhases(WithChannelsLast(input), weight, kernel)
            : Plain(WithChannelsLast(input), weight, null, stride, padding);
        // Added separately: with a bias, oneDNN uses its reference code for transposed convolutions.
        return bias is null ? sums : sums.add(bias.view(1, -1, 1, 1), Native.Scalars.One);
    }

    private static Tensor Plain(Tensor input, Tensor weight, Tensor? bias, long stride, (long Height, long Width) padding) =>
        functional.conv_transpose2d(input, weight, bias, strides: [stride, stride], padding: [padding.Height, padding.Width]);

    /// <summary>From a single pixel every output is a sum over the channels: a dense layer.</summary>
    private static Tensor OfOnePixel(Tensor input, Tensor weight, long[] kernel) =>
        input.reshape(-1, kernel[0]).matmul(weight.view(kernel[0], -1)).view(-1, kernel[1], kernel[2], kernel[3]);

    /// <summary>
    /// With stride 2, outputs at even and odd positions use every other weight of the kernel: four convolutions of stride 1
    /// with kernels of half the size, computed as channels and then interleaved.
    /// </summary>
    private static Tensor ByPhases(Tensor input, Tensor weight, long[] kernel)
    {
        var (inputs, outputs, half) = (kernel[0], kernel[1], kernel[2] / 2);
        var phases = weight.view(inputs, outputs, half, 2, half, 2).permute(1, 3, 5, 0, 2, 4).reshape(-1, inputs, half, half).flip(2, 3);
        return functional.pixel_shuffle(functional.conv2d(input, phases, padding: [half - 1, half - 1]), 2);
    }

    /// <summary>The same tensor in channels-last memory, which oneDNN convolves without a copy.</summary>
    private static Tensor WithChannelsLast(Tensor input) => input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
