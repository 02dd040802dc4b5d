using Dreamer.MLNet.Execution;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>What a transformer whose rows know nothing of each other does: bound to one row or cursor, with room for several rows.</summary>
/// <remarks>What comes of a row never depends on the other rows that a run holds.</remarks>
internal abstract class RowKernel : IDisposable
{
    public abstract void Dispose();

    /// <summary>Takes the values of the row that the input stands at.</summary>
    /// <param name="row">Where to, from 0.</param>
    internal abstract void Read(int row);

    /// <summary>Computes the first rows.</summary>
    internal abstract void Run(int rows);

    /// <summary>A getter of an added column.</summary>
    /// <param name="output">Which column, by its place in the plan.</param>
    /// <param name="row">Says at each call which row is meant, once that row is computed.</param>
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
