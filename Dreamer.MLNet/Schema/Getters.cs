using Microsoft.ML;

namespace Dreamer.MLNet.Rows;

/// <summary>Errors of rows and cursors about getters.</summary>
internal static class Getters
{
    /// <summary>A getter as the type that a consumer asks for.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    internal static ValueGetter<TValue> As<TValue>(Delegate getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' is {column.Type}, whose values are {column.Type.RawType.Name}; a getter of {typeof(TValue).Name} was requested.");

    /// <summary>The refusal of a column that a cursor or row was not opened with.</summary>
    internal static InvalidOperationException NotActive(DataViewSchema.Column column) =>
        new($"Column '{column.Name}' is not active: it was not requested.");
}
