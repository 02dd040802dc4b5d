using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dreamer.Training.Kernels;

/// <summary>The products of dense layers: in single precision, or optionally of numbers rounded to bfloat16.</summary>
/// <remarks>
/// Rounded products and their gradients accumulate in single precision; the weights themselves stay master weights of
/// single precision, rounded for every product. The setting is per thread.
/// </remarks>
internal static class DenseProduct
{
    [ThreadStatic]
    private static bool _isRounded;

    /// <summary>Whether this thread's products are rounded.</summary>
    public static bool IsRounded => _isRounded;

    /// <summary>Rounds this thread's products until the result is disposed.</summary>
    /// <param name="rounded">Whether to round; false changes nothing.</param>
    public static IDisposable Round(bool rounded) => new Scope(rounded);

    /// <summary>The product of a layer.</summary>
    /// <param name="input">[batch, inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <returns>[batch, outputs], of single precision.</returns>
    public static Tensor Compute(Tensor input, Tensor weight, Tensor? bias)
    {
        if (!_isRounded)
        {
            return functional.linear(input, weight, bias);
        }
        return functional.linear(Rounded(input), Rounded(weight), bias is null ? null : Rounded(bias)).to_type(ScalarType.Float32);
    }

    private static Tensor Rounded(Tensor value) => value.to_type(ScalarType.BFloat16);

    private sealed class Scope : IDisposable
    {
        private readonly bool _before = _isRounded;

        public Scope(bool rounded) => _isRounded |= rounded;

        public void Dispose() => _isRounded = _before;
    }
}
