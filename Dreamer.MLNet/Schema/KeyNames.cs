using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>The names of a column's keys.</summary>
internal static class KeyNames
{
    /// <summary>The names of a column's keys, or null if it has none.</summary>
    internal static string[]? Read(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
        {
            return null;
        }
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(value => value.ToString())];
    }

    /// <summary>The names of a vector column's slots, or null if it has none.</summary>
    internal static string[]? ReadSlots(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
        {
            return null;
        }
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(value => value.ToString())];
    }
}
