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
    /// <exception cref="InvalidOperationException">The row's key or vector is not what its column promises.</exception>
    internal void Read(Span<float> destination)
    {
        if (_key is null)
        {
            _vector!.Read(destination);
            return;
        }

        uint key = 0;
        _key(ref key);
        if (key > destination.Length)
        {
            throw new InvalidOperationException(
                $"Column '{_column.Name}' has the key {key} at row {_input.Position}; {_column.Type} promises 1 to {destination.Length}, or 0 for none.");
        }
        destination.Clear();
        if (key > 0)
        {
            destination[(int)key - 1] = 1;
        }
    }
}
