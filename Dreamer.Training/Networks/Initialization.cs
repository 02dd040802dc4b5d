using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dreamer.Training.Networks;

/// <summary>The initial values of parameters: Keras's defaults, as in the reference.</summary>
internal static class Initialization
{
    /// <summary>
    /// A kernel drawn uniformly between plus and minus sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010), where a fan is the
    /// number of channels times the kernel's area.
    /// </summary>
    /// <param name="shape">[outputs, inputs] or [channels, channels, height, width]; the sum of the fans is the same either way round.</param>
    public static Parameter GlorotUniform(params long[] shape)
    {
        var area = shape.AsSpan(2).ToArray().Aggregate(1L, (product, size) => product * size);
        var limit = Math.Sqrt(6.0 / (area * (shape[0] + shape[1])));
        return new Parameter(empty(shape).uniform_(-limit, limit));
    }

    /// <summary>
    /// Fills a kernel with random orthonormal columns or rows, whichever are fewer (Saxe et al. 2014; Keras's <c>Orthogonal</c>): the QR decomposition of a normal
    /// matrix, with the signs of R's diagonal.
    /// </summary>
    /// <param name="kernel">[outputs, inputs].</param>
    public static void Orthogonal(Parameter kernel)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (rows, columns) = (Math.Max(kernel.shape[0], kernel.shape[1]), Math.Min(kernel.shape[0], kernel.shape[1]));
        var (q, r) = linalg.qr(randn(rows, columns));
        var orthonormal = q * r.diagonal().sign();
        kernel.copy_(kernel.shape[0] >= kernel.shape[1] ? orthonormal : orthonormal.transpose(0, 1));
    }

    /// <summary>Zeros, for a bias.</summary>
    public static Parameter Zeros(long size) => new(zeros(size));

    /// <summary>Sets all weights of a layer to zero, so that every output starts at 0.</summary>
    public static void Zero(Network layer)
    {
        using var noGradient = no_grad();
        foreach (var parameter in layer.parameters())
        {
            using var same = parameter.zero_();
        }
    }

    /// <summary>Ones, for a scale.</summary>
    public static Parameter Ones(long size) => new(ones(size));
}
