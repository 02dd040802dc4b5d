using Dreamer.Inference.Stepping;
using Dreamer.MLNet.Execution;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>Computes the outputs of independent rows, several at a time, for one cursor or prediction row.</summary>
/// <remarks>A row's result never depends on the other rows.</remarks>
internal abstract class RowBatch : IDisposable
{
    public abstract void Dispose();

    /// <summary>Reads the values of the input's current row.</summary>
    /// <param name="row">The row of the batch to fill, from 0.</param>
    internal abstract void Read(int row);

    /// <summary>Computes the first rows.</summary>
    internal abstract void Run(int rows);

    /// <summary>A getter of an added column.</summary>
    /// <param name="output">Which column, by its place in the plan.</param>
    /// <param name="row">Returns the row of the batch to read; it is computed by then.</param>
    internal abstract Delegate Getter(int output, Func<int> row);

    /// <summary>A getter of a vector column that a tensor holds.</summary>
    private protected static ValueGetter<VBuffer<float>> VectorGetter(RowTensor<float> tensor, Func<int> row) =>
        (ref VBuffer<float> value) => CopyTo(ref value, tensor.Row(row()));

    /// <summary>A getter of a scalar column that a tensor holds.</summary>
    private protected static ValueGetter<float> ScalarGetter(RowTensor<float> tensor, Func<int> row) =>
        (ref float value) => value = tensor.Row(row())[0];

    internal static void CopyTo<T>(ref VBuffer<T> value, ReadOnlySpan<T> source)
    {
        var editor = VBufferEditor.Create(ref value, source.Length);
        source.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
