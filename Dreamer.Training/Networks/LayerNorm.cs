using Dreamer.Training.Tracing;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace Dreamer.Training.Networks;

/// <summary>Layer normalization over the last dimension, with Keras's epsilon of 1e-3 (PyTorch's is 1e-5).</summary>
internal sealed class LayerNorm : Network
{
    private const float Epsilon = 1e-3f;

    private readonly long _size;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    /// <summary>Creates a layer with scale 1 and shift 0.</summary>
    /// <param name="size">The size of the last dimension.</param>
    public LayerNorm(long size)
        : base(nameof(LayerNorm))
    {
        _size = size;
        _weight = Initialization.Ones(size);
        _bias = Initialization.Zeros(size);
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">[batch, size].</param>
    /// <returns>[batch, size].</returns>
    public Traced Forward(Traced input) => input.LayerNorm(_weight, _bias, _size, Epsilon);
}
