using Dreamer.MLNet.Schema;
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
    private readonly int[]? _map;
    private readonly float[] _slots;
    private readonly bool _isNamed;

    /// <param name="input">The row to read.</param>
    /// <param name="column">The column.</param>
    /// <param name="actions">The agent's actions in order; null to take keys and slots in the column's own order.</param>
    /// <param name="nonFinite">What happens to numbers that are not finite.</param>
    internal ActionReader(DataViewRow input, DataViewSchema.Column column, IReadOnlyList<string>? actions = null, NonFiniteInput nonFinite = NonFiniteInput.Refuse)
    {
        (_input, _column) = (input, column);
        // Whoever bound the column has refused keys without names if they are not allowed.
        _map = ActionNames.Map(column, column.Name, actions, unnamedKeys: true);
        _slots = new float[_map?.Length ?? 0];
        _isNamed = actions is not null && column.Type is VectorDataViewType && KeyNames.ReadSlots(column)?.Intersect(actions, StringComparer.Ordinal).Any() == true;
        if (column.Type is KeyDataViewType)
        {
            _key = input.GetGetter<uint>(column);
        }
        else
        {
            _vector = new VectorReader<float>(input, column, nonFinite);
        }
    }

    /// <summary>Reads the current row: a key as a one-hot vector, the missing key as zeros.</summary>
    /// <returns>Whether there is an action: false for the missing key, and for zeros in a vector whose slots are named for the actions.</returns>
    /// <exception cref="InvalidOperationException">The row's key or vector does not have its column's type.</exception>
    /// <exception cref="InvalidDataException">A number is not finite.</exception>
    internal bool Read(Span<float> destination)
    {
        if (_key is null)
        {
            ReadVector(destination);
            // OneHotEncoding makes zeros of a word that it does not know.
            return !_isNamed || destination.ContainsAnyExcept(0f);
        }

        uint key = 0;
        _key(ref key);
        destination.Clear();
        SetKey(destination, key, _map, _column, _input.Position);
        return key > 0;
    }

    /// <summary>Sets the element of a one-hot vector for a key; none for the missing key.</summary>
    /// <exception cref="InvalidOperationException">The key is larger than the column promises.</exception>
    internal static void SetKey(Span<float> zeros, uint key, int[]? map, DataViewSchema.Column column, long position)
    {
        var count = map?.Length ?? zeros.Length;
        if (key > count)
        {
            throw new InvalidOperationException(
                $"Column '{column.Name}' has the key {key} at row {position}; {column.Type} promises 1 to {count}, or 0 for none.");
        }
        if (key > 0)
        {
            zeros[map?[(int)key - 1] ?? (int)key - 1] = 1;
        }
    }

    private void ReadVector(Span<float> destination)
    {
        if (_map is null)
        {
            _vector!.Read(destination);
            return;
        }
        _vector!.Read(_slots);
        destination.Clear();
        for (var i = 0; i < _map.Length; i++)
        {
            destination[_map[i]] = _slots[i];
        }
    }
}
