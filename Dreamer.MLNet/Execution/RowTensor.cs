using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.MLNet.Execution;

/// <summary>A tensor of a graph with room for several rows.</summary>
internal abstract class RowTensor : IDisposable
{
    private protected RowTensor(string name) => Name = name;

    /// <summary>The name of the graph's input or output.</summary>
    internal string Name { get; }

    public abstract void Dispose();

    /// <summary>The first rows as a value for ONNX Runtime, good until the next call.</summary>
    internal abstract OrtValue Value(int rows);
}

/// <inheritdoc/>
/// <param name="name">The name of the graph's input or output.</param>
/// <param name="capacity">For how many rows there is room.</param>
/// <param name="shape">The shape of one row.</param>
internal sealed class RowTensor<T>(string name, int capacity, params int[] shape) : RowTensor(name)
    where T : unmanaged
{
    private readonly Memory<T> _data = TensorMemory.Allocate<T>(capacity * shape.Aggregate(1, (product, side) => product * side));
    private OrtValue? _value;
    private int _rows;

    /// <summary>Values in a row.</summary>
    internal int Width { get; } = shape.Aggregate(1, (product, side) => product * side);

    public override void Dispose() => _value?.Dispose();

    /// <summary>One row.</summary>
    internal Span<T> Row(int row) => _data.Span.Slice(row * Width, Width);

    /// <summary>The first rows.</summary>
    internal Span<T> Rows(int rows) => _data.Span[..(rows * Width)];

    internal override OrtValue Value(int rows)
    {
        if (_value is null || _rows != rows)
        {
            _value?.Dispose();
            // Memory that does not move needs no handle: one would leak with a row that nobody disposes.
            _value = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, _data[..(rows * Width)], [rows, .. shape.Select(side => (long)side)]);
            _rows = rows;
        }
        return _value;
    }
}
