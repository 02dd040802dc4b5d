using Dreamer.Training.Tracing;
using TorchSharp.Modules;

namespace Dreamer.Training.Networks;

/// <summary>What follows the linear part of a layer; by default nothing.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Norm">What stands before it.</param>
/// <param name="DropBias">Whether a layer that is normalized goes without a bias of its own, the normalization having one.</param>
internal readonly record struct LayerStyle(Activation Activation, Normalization Norm = Normalization.None, bool DropBias = false)
{
    /// <summary>The bias for a layer, or null where it goes without.</summary>
    internal Parameter? CreateBias(long size) => DropBias && Norm != Normalization.None ? null : Initialization.Zeros(size);

    /// <summary>The normalization's parameters for a layer, or null where there is none.</summary>
    internal LayerNorm? CreateNorm(long size) => Norm == Normalization.Layer ? new LayerNorm(size) : null;

    /// <summary>Applies the activation.</summary>
    internal Traced Activate(Traced value) => Activation switch
    {
        Activation.Elu => value.Elu(),
        Activation.Relu => value.Relu(),
        Activation.Silu => value.Silu(),
        _ => value,
    };
}
