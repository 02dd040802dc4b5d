using Dreamer.Training.Tracing;
using TorchSharp.Modules;

namespace Dreamer.Training.Networks;

/// <summary>The normalization and activation of a layer; none by default.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Norm">The normalization before it.</param>
/// <param name="DropBias">Whether a normalized layer has no bias of its own, because the normalization has one.</param>
internal readonly record struct LayerStyle(Activation Activation, Normalization Norm = Normalization.None, bool DropBias = false)
{
    /// <summary>The bias of a layer, or null if it has none.</summary>
    internal Parameter? CreateBias(long size) => DropBias && Norm != Normalization.None ? null : Initialization.Zeros(size);

    /// <summary>The normalization of a layer, or null if it has none.</summary>
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
