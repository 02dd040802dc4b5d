using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference.Stepping;

/// <summary>A graph's input or output with room for several rows, in memory that ONNX Runtime reads and writes in place.</summary>
/// <param name="name">The tensor's name in the graph, one of <see cref="TensorNames"/>.</param>
internal abstract class RowTensor(string name)
{
    /// <summary>The tensor's name in the graph.</summary>
    internal string Name { get; } = name;

    /// <summary>Creates a tensor for an input or output of a graph.</summary>
    internal static RowTensor Create(TensorManifest tensor, int capacity) =>
        tensor.Type == "uint8"
            ? new RowTensor<byte>(tensor.Name, capacity, [.. tensor.Shape])
            : new RowTensor<float>(tensor.Name, capacity, [.. tensor.Shape]);

    /// <summary>The first rows as a value for ONNX Runtime; the caller disposes it.</summary>
    internal abstract OrtValue CreateValue(int rows);

    /// <summary>The bytes of the first rows.</summary>
    internal abstract Span<byte> Bytes(int rows);
}

/// <inheritdoc/>
internal sealed class RowTensor<T> : RowTensor
    where T : unmanaged
{
    private readonly Memory<T> _memory;
    private readonly long[] _rowShape;

    /// <summary>Allocates the rows, as zeros.</summary>
    /// <param name="name">The tensor's name in the graph.</param>
    /// <param name="capacity">The largest number of rows.</param>
    /// <param name="rowShape">The shape of one row.</param>
    internal RowTensor(string name, int capacity, params ReadOnlySpan<int> rowShape)
        : base(name)
    {
        RowSize = 1;
        _rowShape = new long[rowShape.Length];
        for (var i = 0; i < rowShape.Length; i++)
        {
            RowSize = checked(RowSize * rowShape[i]);
            _rowShape[i] = rowShape[i];
        }
        _memory = TensorMemory.Allocate<T>(checked(capacity * RowSize));
    }

    /// <summary>Values per row.</summary>
    internal int RowSize { get; }

    /// <summary>One row.</summary>
    internal Span<T> Row(int index) => _memory.Span.Slice(index * RowSize, RowSize);

    /// <summary>The first rows.</summary>
    internal Span<T> Rows(int count) => _memory.Span[..(count * RowSize)];

    internal override OrtValue CreateValue(int rows) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _memory[..(rows * RowSize)], [rows, .. _rowShape]);

    internal override Span<byte> Bytes(int rows) => MemoryMarshal.AsBytes(Rows(rows));
}
