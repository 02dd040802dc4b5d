using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Reads a column of several actions, numbers or keys, as the vectors that graphs take, one after the other.</summary>
internal sealed class ActionSequenceReader
{
    private readonly DataViewRow _input;
    private readonly DataViewSchema.Column _column;
    private readonly VectorReader<float>? _vectors;
    private readonly VectorReader<uint>? _readKeys;
    private readonly uint[] _keys = [];
    private readonly int _actionSize;

    private readonly int[]? _map;

    internal ActionSequenceReader(DataViewRow input, DataViewSchema.Column column, int actionSize, IReadOnlyList<string>? actions)
    {
        (_input, _column, _actionSize) = (input, column, actionSize);
        _map = ActionNames.Map(column, column.Name, actions, unnamedKeys: true);
        var type = (VectorDataViewType)column.Type;
        if (type.ItemType is KeyDataViewType)
        {
            (_readKeys, _keys) = (new VectorReader<uint>(input, column), new uint[type.Size]);
        }
        else
        {
            _vectors = new VectorReader<float>(input, column);
        }
    }

    /// <summary>Reads the current row: a key as a one-hot vector, the missing key as zeros.</summary>
    /// <exception cref="InvalidOperationException">The row's values do not have the column's type.</exception>
    internal void Read(Span<float> destination)
    {
        if (_readKeys is null)
        {
            _vectors!.Read(destination);
            return;
        }

        _readKeys.Read(_keys);
        destination.Clear();
        for (var i = 0; i < _keys.Length; i++)
        {
            ActionReader.SetKey(destination.Slice(i * _actionSize, _actionSize), _keys[i], _map, _column, _input.Position);
        }
    }
}
