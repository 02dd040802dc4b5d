using TorchSharp;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    /// <summary>Joins values along a dimension.</summary>
    /// <param name="dimension">Which dimension; all others must be of equal size.</param>
    /// <param name="values">The values, in order.</param>
    public static Traced Concat(long dimension, params ReadOnlySpan<Traced> values)
    {
        var tensors = new torch.Tensor[values.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = values[i].Value;
        }
        return Op("Concat", torch.cat(tensors, dimension), values, ("axis", dimension));
    }

    /// <summary>Splits a value into parts of equal size along a dimension.</summary>
    /// <param name="parts">How many parts; the size must be divisible by it.</param>
    /// <param name="dimension">Which dimension.</param>
    public Traced[] Split(int parts, long dimension)
    {
        var size = Value.shape[dimension] / parts;
        var sizes = new long[parts];
        Array.Fill(sizes, size);
        var results = Value.split(sizes, dimension);
        return Tracer.Current is { } tracer
            ? tracer.Record("Split", results, [this, Constant(sizes)], [("axis", dimension)])
            : Array.ConvertAll(results, r => new Traced(r));
    }

    /// <summary>Part of a value along a dimension.</summary>
    /// <param name="dimension">Which dimension.</param>
    /// <param name="start">The first index.</param>
    /// <param name="length">How many indexes.</param>
    public Traced Narrow(long dimension, long start, long length) => Op(
        "Slice", Value.narrow(dimension, start, length), [this, Constant(start), Constant(start + length), Constant(dimension)]);

    /// <summary>Everything along a dimension but its last index, however many there are.</summary>
    /// <param name="dimension">Which dimension.</param>
    public Traced WithoutLast(long dimension) => Op(
        "Slice", Value.narrow(dimension, 0, Value.shape[dimension] - 1), [this, Constant(0L), Constant(-1L), Constant(dimension)]);

    /// <summary>The last index along a dimension, which stays, of size 1.</summary>
    /// <param name="dimension">Which dimension.</param>
    public Traced Last(long dimension) => Op(
        "Slice", Value.narrow(dimension, Value.shape[dimension] - 1, 1), [this, Constant(-1L), Constant(long.MaxValue), Constant(dimension)]);

    /// <summary>The same elements in another shape.</summary>
    /// <param name="shape">The sizes; one may be -1 and follows from the others. Use -1 for the batch.</param>
    public Traced Reshape(params long[] shape) => Op("Reshape", Value.reshape(shape), [this, Constant(shape)]);

    /// <summary>The dimensions in another order.</summary>
    /// <param name="order">The old index of each new dimension.</param>
    public Traced Permute(params long[] order) => Op("Transpose", Value.permute(order), this, ("perm", order));
}
