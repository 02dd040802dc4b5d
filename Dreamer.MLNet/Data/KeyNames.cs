using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Data;

/// <summary>The names of a column's keys.</summary>
internal static class KeyNames
{
    /// <summary>The names of a column's keys, or null if it has none.</summary>
    internal static string[]? Read(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Schema.AnnotationKinds.KeyValues) is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
        {
            return null;
        }
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(value => value.ToString())];
    }
}
