using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>Gathers the columns that a transformer adds.</summary>
internal sealed class OutputColumns
{
    private readonly DataViewSchema.Builder _builder = new();
    private readonly HashSet<string> _names = [];

    /// <summary>Adds a column; an output without a name is left out.</summary>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">Two outputs have one name.</exception>
    internal OutputColumns Add(string? name, DataViewType type, DataViewSchema.Annotations? annotations = null)
    {
        if (name is null)
        {
            return this;
        }
        if (name.Length == 0 || !_names.Add(name))
        {
            throw new ArgumentException(
                name.Length == 0 ? "An output column has an empty name." : $"Two output columns are named '{name}'.", nameof(name));
        }
        _builder.AddColumn(name, type, annotations);
        return this;
    }

    /// <summary>Adds a vector of single-precision numbers.</summary>
    internal OutputColumns AddVector(string? name, int size, DataViewSchema.Annotations? annotations = null) =>
        Add(name, new VectorDataViewType(NumberDataViewType.Single, size), annotations);

    /// <summary>The columns as a schema.</summary>
    internal DataViewSchema ToSchema() => _builder.ToSchema();

    /// <summary>Names as the annotation of a key's values or a vector's slots.</summary>
    /// <param name="kind"><c>KeyValues</c> or <c>SlotNames</c>.</param>
    /// <param name="names">The names, in order.</param>
    internal static DataViewSchema.Annotations Names(string kind, IReadOnlyList<string> names)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter = (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var editor = VBufferEditor.Create(ref value, names.Count);
            for (var i = 0; i < names.Count; i++)
            {
                editor.Values[i] = names[i].AsMemory();
            }
            value = editor.Commit();
        };
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, names.Count), getter);
        return builder.ToAnnotations();
    }
}
