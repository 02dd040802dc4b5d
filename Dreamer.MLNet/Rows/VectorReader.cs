using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>Copies a vector column's values into a tensor's row.</summary>
/// <param name="input">The row to read.</param>
/// <param name="column">The column.</param>
/// <param name="nonFinite">What happens to numbers that are not finite.</param>
internal sealed class VectorReader<T>(DataViewRow input, DataViewSchema.Column column, NonFiniteInput nonFinite = NonFiniteInput.Refuse)
    where T : unmanaged
{
    private readonly RowName _row = new(input);
    private readonly ValueGetter<VBuffer<T>> _getter = input.GetGetter<VBuffer<T>>(column);
    private VBuffer<T> _value;

    /// <summary>Reads the current row.</summary>
    /// <exception cref="InvalidOperationException">The row's vector is not as long as its column promises.</exception>
    /// <exception cref="InvalidDataException">A number is not finite.</exception>
    internal void Read(Span<T> destination)
    {
        _getter(ref _value);
        // A schema promises the length, but an object that a prediction engine is handed may break the promise.
        if (_value.Length != destination.Length)
        {
            throw new InvalidOperationException(
                $"Column '{column.Name}' has {_value.Length} values at row {input.Position}; {column.Type} promises {destination.Length}.");
        }
        _value.CopyTo(destination);
        if (typeof(T) == typeof(float))
        {
            FiniteColumn.Require(MemoryMarshal.Cast<T, float>(destination), column.Name, _row, nonFinite);
        }
    }
}
