using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>Copies a vector column's values into a tensor's row.</summary>
internal sealed class VectorReader<T>(DataViewRow input, DataViewSchema.Column column)
    where T : unmanaged
{
    private readonly ValueGetter<VBuffer<T>> _getter = input.GetGetter<VBuffer<T>>(column);
    private VBuffer<T> _value;

    /// <summary>Reads the current row.</summary>
    /// <exception cref="InvalidOperationException">The row's vector is not as long as its column promises.</exception>
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
    }
}
