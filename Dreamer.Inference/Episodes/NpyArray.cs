using System.Runtime.InteropServices;

namespace Dreamer.Inference.Episodes;

/// <summary>A NumPy array: element type, shape and the elements in C order.</summary>
internal sealed record NpyArray(string Type, int[] Shape, byte[] Data)
{
    /// <summary>Elements per row; the first dimension counts rows.</summary>
    internal int RowSize => Shape.Skip(1).Aggregate(1, (product, side) => product * side);

    internal static NpyArray From(ReadOnlySpan<float> values, params int[] shape) => new(NpyType.Single, shape, MemoryMarshal.AsBytes(values).ToArray());

    internal static NpyArray From(ReadOnlySpan<bool> values, params int[] shape) => new(NpyType.Boolean, shape, MemoryMarshal.AsBytes(values).ToArray());

    internal static NpyArray From(byte[] values, params int[] shape) => new(NpyType.Byte, shape, values);

    /// <summary>The elements as single-precision numbers.</summary>
    internal float[] ToSingles()
    {
        var size = NpyType.Size(Type);
        var values = new float[Data.Length / size];
        if (Type == NpyType.Single)
        {
            Data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = NpyType.ToSingle(Data.AsSpan(i * size, size), Type);
        }
        return values;
    }

    /// <summary>The elements as truth values; nonzero is true.</summary>
    internal bool[] ToBooleans() => Array.ConvertAll(ToSingles(), value => value != 0);
}
