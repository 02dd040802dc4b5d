using TorchSharp;

namespace Dreamer.Training.Tracing;

/// <summary>What losses need in addition to the operations of networks. Nothing here can be part of a graph: a trace refuses the results.</summary>
internal static class LossMath
{
    /// <summary>The same values without a gradient.</summary>
    public static Traced Detach(this Traced value) => value.Value.detach();

    /// <summary>The mean of all elements, a scalar.</summary>
    public static Traced Mean(this Traced value) => value.Value.mean();

    /// <summary>The sum over all dimensions but the first, [rows].</summary>
    public static Traced SumRows(this Traced value) => value.Value.flatten(1).sum(1);

    /// <summary>All elements in one dimension.</summary>
    public static Traced Flatten(this Traced value) => value.Value.flatten();

    /// <summary>ln(1 + x) of every element, exact near 0.</summary>
    public static Traced Log1p(this Traced value) => value.Value.log1p();

    /// <summary>The greater of every element and a number.</summary>
    public static Traced AtLeast(this Traced value, double least)
    {
        using var number = ((float)least).ToScalar();
        return value.Value.clamp_min(number);
    }
}
