using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>A tensor of many rows in pinned memory, of which the first few are handed to ONNX Runtime.</summary>
internal sealed class RowTensor<T> : IDisposable
    where T : unmanaged
{
    private readonly Memory<T> _memory;
    private readonly long[] _row;
    private readonly OrtValue?[] _values;

    /// <summary>Allocates a tensor.</summary>
    /// <param name="capacity">Rows at most.</param>
    /// <param name="row">The shape of a row.</param>
    internal RowTensor(int capacity, params ReadOnlySpan<int> row)
    {
        RowSize = 1;
        _row = new long[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            RowSize = checked(RowSize * row[i]);
            _row[i] = row[i];
        }
        _memory = TensorMemory.Allocate<T>(checked(capacity * RowSize));
        _values = new OrtValue?[capacity];
    }

    /// <summary>Numbers in a row.</summary>
    internal int RowSize { get; }

    /// <summary>One row.</summary>
    internal Span<T> Row(int index) => _memory.Span.Slice(index * RowSize, RowSize);

    /// <summary>The first rows, one after the other.</summary>
    internal Span<T> Rows(int count) => _memory.Span[..(count * RowSize)];

    /// <summary>The first rows, for ONNX Runtime.</summary>
    internal OrtValue Value(int count) => _values[count - 1] ??=
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _memory[..(count * RowSize)], [count, .. _row]);

    public void Dispose()
    {
        foreach (var value in _values)
        {
            value?.Dispose();
        }
    }
}
