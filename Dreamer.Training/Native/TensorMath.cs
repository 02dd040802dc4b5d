using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Native;

/// <summary>Arithmetic of losses with numbers that are kept (<see cref="Scalars"/>); TorchSharp's own operators are banned in this project.</summary>
/// <remarks>For constants, <see cref="ScaledBy"/> apart. Any other number that changes is a <c>using</c> variable of its caller, which holds on to it.</remarks>
internal static class TensorMath
{
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, Scalars.One);

    public static Tensor Plus(this Tensor left, double right) => left.add(Scalars.Of((float)right), Scalars.One);

    public static Tensor Times(this Tensor left, double right) => left.mul(Scalars.Of((float)right));

    /// <summary>The product with a number that is another every time, of a schedule say: it is not kept.</summary>
    public static Tensor ScaledBy(this Tensor left, double factor)
    {
        using var number = ((float)factor).ToScalar();
        return left.mul(number);
    }

    public static Tensor AtLeast(this Tensor value, double least) => value.clamp_min(Scalars.Of((float)least));
}
