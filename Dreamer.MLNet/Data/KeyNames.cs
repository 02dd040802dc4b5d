using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Data;

/// <summary>What keys stand for.</summary>
internal static class KeyNames
{
    /// <summary>What a column's keys stand for, or null if it does not say.</summary>
    internal static string[]? Of(DataViewSchema.Column column)
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
