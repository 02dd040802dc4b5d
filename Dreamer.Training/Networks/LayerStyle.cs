using Dreamer.Training.Tracing;

namespace Dreamer.Training.Networks;

/// <summary>What follows the linear part of a layer; by default nothing.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Norm">What stands before it.</param>
public readonly record struct LayerStyle(Activation Activation, Normalization Norm = Normalization.None)
{
    /// <summary>The normalization's parameters for a layer, or null where there is none.</summary>
    internal LayerNorm? CreateNorm(long size) => Norm == Normalization.Layer ? new LayerNorm(size) : null;

    /// <summary>Applies the activation.</summary>
    internal Traced Activate(Traced value) => Activation switch
    {
        Activation.Elu => value.Elu(),
        Activation.Relu => value.Relu(),
        _ => value,
    };
}
