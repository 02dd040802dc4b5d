using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>Reads an action column, vectors or keys, as the vectors that graphs take.</summary>
internal sealed class ActionReader
{
    private readonly DataViewRow _input;
    private readonly DataViewSchema.Column _column;
    private readonly VectorReader<float>? _vector;
    private readonly ValueGetter<uint>? _key;

    internal ActionReader(DataViewRow input, DataViewSchema.Column column)
    {
        (_input, _column) = (input, column);
        if (column.Type is KeyDataViewType)
        {
            _key = input.GetGetter<uint>(column);
        }
        else
        {
            _vector = new VectorReader<float>(input, column);
        }
    }

    /// <summary>Reads the current row: a key as a one-hot vector, the missing key as zeros.</summary>
    /// <exception cref="InvalidOperationException">The row's key or vector does not have its column's type.</exception>
    internal void Read(Span<float> destination)
    {
        if (_key is null)
        {
            _vector!.Read(destination);
            return;
        }

        uint key = 0;
        _key(ref key);
        destination.Clear();
        SetKey(destination, key, _column, _input.Position);
    }

    /// <summary>Sets the element of a one-hot vector for a key; none for the missing key.</summary>
    /// <exception cref="InvalidOperationException">The key is larger than the column promises.</exception>
    internal static void SetKey(Span<float> zeros, uint key, DataViewSchema.Column column, long position)
    {
        if (key > zeros.Length)
        {
            throw new InvalidOperationException(
                $"Column '{column.Name}' has the key {key} at row {position}; {column.Type} promises 1 to {zeros.Length}, or 0 for none.");
        }
        if (key > 0)
        {
            zeros[(int)key - 1] = 1;
        }
    }
}
