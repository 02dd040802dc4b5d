using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>A type that a column may have.</summary>
internal abstract class ColumnForm
{
    internal static ColumnForm Text { get; } = new ScalarForm(TextDataViewType.Instance, "Text");

    internal static ColumnForm Boolean { get; } = new ScalarForm(BooleanDataViewType.Instance, "Boolean");

    internal static ColumnForm Int64 { get; } = new ScalarForm(NumberDataViewType.Int64, "Int64");

    internal static ColumnForm Single { get; } = new ScalarForm(NumberDataViewType.Single, "Single");

    /// <summary>A vector of some known size.</summary>
    internal static ColumnForm AnyVector { get; } = new LooseForm("Vector<Single> of known size", type => type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single));

    /// <summary>An image of some size.</summary>
    internal static ColumnForm AnyImage { get; } = new LooseForm(
        "Vector<Byte, H, W, C>", type => type is VectorDataViewType { IsKnownSize: true, Dimensions.Length: 3 } vector && vector.ItemType.Equals(NumberDataViewType.Byte));

    /// <summary>An action of some size, a vector or a key.</summary>
    internal static ColumnForm AnyAction { get; } = new LooseForm(
        "Vector<Single> of known size or Key<UInt32>", type => AnyVector.Accepts(type) || (type is KeyDataViewType { RawType: var raw } && raw == typeof(uint)));

    /// <summary>A vector of exactly these dimensions.</summary>
    internal static ColumnForm Vector(NumberDataViewType item, params int[] dimensions) => new VectorForm(item, dimensions);

    /// <summary>A UInt32 key with this many values: 1-based, 0 for none.</summary>
    internal static ColumnForm Key(int count) => new KeyForm(count);

    /// <summary>A vector of UInt32 keys with this many values.</summary>
    internal static ColumnForm Keys(int length, int count) => new KeysForm(length, new KeyForm(count));

    /// <summary>Whether a schema column has this type.</summary>
    internal abstract bool Accepts(DataViewType type);

    /// <summary>Whether a shape column, which has no sizes, may have this type.</summary>
    internal abstract bool Accepts(SchemaShape.Column column);

    private sealed class ScalarForm(PrimitiveDataViewType type, string name) : ColumnForm
    {
        public override string ToString() => name;

        internal override bool Accepts(DataViewType found) => found.Equals(type);

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Scalar && !column.IsKey && column.ItemType.Equals(type);
    }

    // A leading 1 is the batch dimension that ML.NET's ONNX transformer leaves in its output types.
    private sealed class VectorForm(NumberDataViewType item, int[] dimensions) : ColumnForm
    {
        public override string ToString() => $"Vector<{item}, {string.Join(", ", dimensions)}>";

        internal override bool Accepts(DataViewType found) =>
            found is VectorDataViewType vector && vector.ItemType.Equals(item) &&
            (vector.Dimensions.SequenceEqual(dimensions) || vector.Dimensions.SequenceEqual([1, .. dimensions]));

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Vector && !column.IsKey && column.ItemType.Equals(item);
    }

    private sealed class KeyForm(int count) : ColumnForm
    {
        public override string ToString() => $"Key<UInt32, 0-{count - 1}>";

        internal override bool Accepts(DataViewType found) =>
            found is KeyDataViewType key && key.RawType == typeof(uint) && key.Count == (ulong)count;

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Scalar && column.IsKey && column.ItemType.RawType == typeof(uint);
    }

    private sealed class KeysForm(int length, KeyForm key) : ColumnForm
    {
        public override string ToString() => $"Vector<{key}, {length}>";

        internal override bool Accepts(DataViewType found) =>
            found is VectorDataViewType vector && vector.Dimensions.SequenceEqual([length]) && key.Accepts(vector.ItemType);

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Vector && column.IsKey && column.ItemType.RawType == typeof(uint);
    }

    // For columns that are read with any type.
    private sealed class LooseForm(string name, Func<DataViewType, bool> accepts) : ColumnForm
    {
        public override string ToString() => name;

        internal override bool Accepts(DataViewType type) => accepts(type);

        internal override bool Accepts(SchemaShape.Column column) => accepts(column.ItemType);
    }
}
