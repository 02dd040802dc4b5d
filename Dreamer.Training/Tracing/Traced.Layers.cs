using Dreamer.Training.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    /// <summary>A dense layer over a batch of vectors.</summary>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <returns>[batch, outputs] for this value as [batch, inputs].</returns>
    public Traced Linear(Tensor weight, Tensor? bias) =>
        Op("Gemm", DenseProduct.Compute(Value, weight, bias), WithBias(weight, bias), ("transB", 1L));

    /// <summary>A convolution over a batch of images.</summary>
    /// <param name="weight">[outputs, inputs, kernel height, kernel width].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">The step along both sides.</param>
    /// <param name="padding">Zeros added at both ends of the height, and of the width.</param>
    /// <returns>[batch, outputs, height, width] for this value as [batch, inputs, height, width].</returns>
    public Traced Conv2d(Tensor weight, Tensor? bias, long stride, (long Height, long Width) padding) => Op(
        "Conv",
        ImageConvolution.Forward(Value, weight, bias, stride, padding),
        WithBias(weight, bias),
        ("strides", Both(stride)),
        ("pads", Ends(padding)));

    /// <summary>A transposed convolution over a batch of images.</summary>
    /// <param name="weight">[inputs, outputs, kernel height, kernel width].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">The step along both sides.</param>
    /// <param name="padding">Rows cut from both ends of the height, and columns from both ends of the width.</param>
    /// <returns>[batch, outputs, height, width] for this value as [batch, inputs, height, width].</returns>
    public Traced ConvTranspose2d(Tensor weight, Tensor? bias, long stride, (long Height, long Width) padding) => Op(
        "ConvTranspose",
        ImageConvolution.Transposed(Value, weight, bias, stride, padding),
        WithBias(weight, bias),
        ("strides", Both(stride)),
        ("pads", Ends(padding)));

    /// <summary>Normalizes the last dimension to mean 0 and variance 1, then scales and shifts it.</summary>
    /// <param name="weight">[size], the scale.</param>
    /// <param name="bias">[size], the shift.</param>
    /// <param name="size">The size of the last dimension; asking a tensor for it costs a native call.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Traced LayerNorm(Traced weight, Traced bias, long size, float epsilon) => Op(
        "LayerNormalization",
        MetaDevice.Holds(Value)
            ? MetaDevice.LayerNorm(Value, weight.Value, bias.Value)
            : functional.layer_norm(Value, [size], weight.Value, bias.Value, epsilon),
        [this, weight, bias],
        ("axis", -1L),
        ("epsilon", epsilon));

    private Traced[] WithBias(Tensor weight, Tensor? bias) => bias is null ? [this, weight] : [this, weight, bias];

    private static long[] Both(long value) => [value, value];

    private static long[] Ends((long Height, long Width) padding) => [padding.Height, padding.Width, padding.Height, padding.Width];
}
