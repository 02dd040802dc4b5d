using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>Names an input's current row in messages: its position, and its episode if a column has that.</summary>
internal sealed class RowName
{
    private readonly DataViewRow _input;
    private readonly ValueGetter<ReadOnlyMemory<char>>? _readId;

    internal RowName(DataViewRow input)
    {
        _input = input;
        _readId = input.Schema.GetColumnOrNull(PlaceColumns.EpisodeId) is { Type: TextDataViewType } column && input.IsColumnActive(column)
            ? input.GetGetter<ReadOnlyMemory<char>>(column) : null;
    }

    public override string ToString()
    {
        if (_readId is null)
        {
            return $"row {_input.Position}";
        }
        ReadOnlyMemory<char> id = default;
        _readId(ref id);
        return $"row {_input.Position}, episode '{id}'";
    }
}
