using Dreamer.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

/// <summary>Stand-ins for what libtorch computes on its META device in Python alone.</summary>
/// <remarks>
/// Tensors there have a shape, a type and no values; computing with one of any other device fails. That shows without a GPU whether
/// everything stands on the networks' device. A stand-in has the result's shape and depends on the same tensors, no more.
/// </remarks>
internal static class MetaDevice
{
    public static bool Holds(Tensor tensor) => tensor.device_type == DeviceType.META;

    public static Tensor LayerNorm(Tensor value, Tensor weight, Tensor bias) => value.mul(weight).add(bias, Scalars.One);

    public static Tensor Relu(Tensor value) => value.clamp_min(Scalars.Of(0));

    public static Tensor OneHot(Tensor indexes, long classes) => zeros([.. indexes.shape, classes], device: indexes.device);
}
