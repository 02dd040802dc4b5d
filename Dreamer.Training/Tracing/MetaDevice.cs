using Dreamer.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

/// <summary>Replacements for operations that libtorch implements on its META device only in Python.</summary>
/// <remarks>
/// Tensors on it have a shape and a type but no values; mixing devices fails. This shows without a GPU whether
/// everything is on the networks' device. A replacement has the result's shape and depends on the same tensors, nothing more.
/// </remarks>
internal static class MetaDevice
{
    public static bool Holds(Tensor tensor) => tensor.device_type == DeviceType.META;

    public static Tensor LayerNorm(Tensor value, Tensor weight, Tensor bias) => value.mul(weight).add(bias, Scalars.One);

    public static Tensor Relu(Tensor value) => value.clamp_min(Scalars.Kept(0));

    public static Tensor OneHot(Tensor indexes, long classes) => zeros([.. indexes.shape, classes], device: indexes.device);
}
