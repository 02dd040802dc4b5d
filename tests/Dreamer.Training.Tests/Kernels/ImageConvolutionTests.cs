using Dreamer.Training.Kernels;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dreamer.Training.Tests.Kernels;

/// <summary>Against libtorch's own operations: values, and the gradients of everything that goes in.</summary>
public sealed class ImageConvolutionTests
{
    [Theory]
    [InlineData(4, 16, 10, 10, 3, 3, 1, 0)]
    [InlineData(1, 6, 16, 16, 4, 4, 2, 0)]
    [InlineData(5, 7, 4, 9, 3, 3, 1, 1)]
    public void A_convolution_is_libtorchs(int inputs, int outputs, int height, int width, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        var weight = Seeded(2, outputs, inputs, kernelHeight, kernelWidth);
        Agree(
            (x, w, b) => ImageConvolution.Forward(x, w, b, stride, (padding, padding)),
            (x, w, b) => functional.conv2d(x, w, b, strides: [stride, stride], padding: [padding, padding]),
            Seeded(1, 3, inputs, height, width),
            weight,
            outputs);
    }

    [Theory]
    [InlineData(24, 5, 1, 1, 5, 5, 2, 0)] // a dense layer
    [InlineData(6, 1, 7, 7, 6, 6, 2, 0)] // by phases
    [InlineData(6, 3, 5, 8, 4, 4, 2, 0)] // by phases
    [InlineData(6, 3, 5, 8, 5, 5, 2, 0)] // an odd kernel
    [InlineData(6, 3, 5, 8, 4, 5, 2, 0)] // unequal sides
    [InlineData(8, 12, 5, 5, 6, 6, 2, 0)]
    [InlineData(8, 4, 4, 4, 3, 3, 1, 0)]
    [InlineData(8, 4, 1, 4, 3, 3, 1, 1)]
    public void A_transposed_convolution_is_libtorchs(
        int inputs, int outputs, int height, int width, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        var weight = Seeded(2, inputs, outputs, kernelHeight, kernelWidth);
        Agree(
            (x, w, b) => ImageConvolution.Transposed(x, w, b, stride, (padding, padding)),
            (x, w, b) => functional.conv_transpose2d(x, w, b, strides: [stride, stride], padding: [padding, padding]),
            Seeded(1, 3, inputs, height, width),
            weight,
            outputs);
    }

    private static void Agree(
        Func<Tensor, Tensor, Tensor?, Tensor> fast, Func<Tensor, Tensor, Tensor?, Tensor> plain, Tensor input, Tensor weight, int outputs)
    {
        using var scope = NewDisposeScope();
        foreach (var bias in new[] { Seeded(3, outputs), null })
        {
            var (expected, found) = (Results(plain, input, weight, bias), Results(fast, input, weight, bias));
            Assert.Equal(expected.Length, found.Length);
            foreach (var (right, result) in expected.Zip(found))
            {
                TensorAssert.Close(right, result, 1e-4);
            }
        }
    }

    private static Tensor[] Results(Func<Tensor, Tensor, Tensor?, Tensor> function, Tensor input, Tensor weight, Tensor? bias)
    {
        Tensor[] leaves = [.. new[] { input, weight, bias }.OfType<Tensor>().Select(tensor => tensor.detach().clone().requires_grad_())];
        var value = function(leaves[0], leaves[1], leaves.ElementAtOrDefault(2));
        value.backward([value.detach().cos()]);
        return [value.detach(), .. leaves.Select(leaf => leaf.grad!)];
    }

    private static Tensor Seeded(int seed, params long[] shape)
    {
        manual_seed(seed);
        return randn(shape);
    }
}
