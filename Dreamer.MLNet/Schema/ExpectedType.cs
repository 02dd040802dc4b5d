using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Schema;

/// <summary>A type that a column may have.</summary>
internal abstract class ExpectedType
{
    internal static ExpectedType Text { get; } = new ScalarType(TextDataViewType.Instance, "Text");

    internal static ExpectedType Boolean { get; } = new ScalarType(BooleanDataViewType.Instance, "Boolean");

    internal static ExpectedType Int64 { get; } = new ScalarType(NumberDataViewType.Int64, "Int64");

    internal static ExpectedType Single { get; } = new ScalarType(NumberDataViewType.Single, "Single");

    /// <summary>A vector of some known size.</summary>
    internal static ExpectedType AnyVector { get; } = new PredicateType("Vector<Single> of known size", type => type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single));

    /// <summary>An image of some size.</summary>
    internal static ExpectedType AnyImage { get; } = new PredicateType(
        "Vector<Byte, H, W, C>", type => type is VectorDataViewType { IsKnownSize: true, Dimensions.Length: 3 } vector && vector.ItemType.Equals(NumberDataViewType.Byte));

    /// <summary>An action of some size, a vector or a key.</summary>
    internal static ExpectedType AnyAction { get; } = new PredicateType(
        "Vector<Single> of known size or Key<UInt32>", type => AnyVector.Accepts(type) || (type is KeyDataViewType { RawType: var raw } && raw == typeof(uint)));

    /// <summary>A vector of exactly these dimensions.</summary>
    internal static ExpectedType Vector(NumberDataViewType item, params int[] dimensions) => new VectorType(item, dimensions);

    /// <summary>A UInt32 key with this many values: 1-based, 0 for none.</summary>
    internal static ExpectedType Key(int count) => new KeyType(count);

    /// <summary>A UInt32 key with names, of any count.</summary>
    internal static ExpectedType NamedKey { get; } = new NamedKeyType();

    /// <summary>A vector of UInt32 keys with this many values.</summary>
    internal static ExpectedType Keys(int length, int count) => new KeysType(length, new KeyType(count));

    /// <summary>Whether a schema column has this type.</summary>
    internal abstract bool Accepts(DataViewType type);

    /// <summary>Whether a shape column, which has no sizes, may have this type.</summary>
    internal abstract bool Accepts(SchemaShape.Column column);

    private sealed class ScalarType(PrimitiveDataViewType type, string name) : ExpectedType
    {
        public override string ToString() => name;

        internal override bool Accepts(DataViewType found) => found.Equals(type);

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Scalar && !column.IsKey && column.ItemType.Equals(type);
    }

    // A leading 1 is the batch dimension that ML.NET's ONNX transformer leaves in its output types. Text loaders and databases give flat vectors.
    private sealed class VectorType(NumberDataViewType item, int[] dimensions) : ExpectedType
    {
        public override string ToString() => $"Vector<{item}, {string.Join(", ", dimensions)}>";

        internal override bool Accepts(DataViewType found) =>
            found is VectorDataViewType vector && vector.ItemType.Equals(item) &&
            (vector.Dimensions.SequenceEqual(dimensions) || vector.Dimensions.SequenceEqual([1, .. dimensions]) || IsFlat(vector));

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Vector && !column.IsKey && column.ItemType.Equals(item);

        private bool IsFlat(VectorDataViewType found) => found.Dimensions is [var size] && size == dimensions.Aggregate(1, (product, side) => product * side);
    }

    private sealed class NamedKeyType : ExpectedType
    {
        public override string ToString() => "Key<UInt32> with names";

        internal override bool Accepts(DataViewType type) => type is KeyDataViewType { RawType: var raw } && raw == typeof(uint);

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Scalar && column.IsKey && column.ItemType.RawType == typeof(uint);
    }

    private sealed class KeyType(int count) : ExpectedType
    {
        public override string ToString() => $"Key<UInt32, 0-{count - 1}>";

        internal override bool Accepts(DataViewType found) =>
            found is KeyDataViewType key && key.RawType == typeof(uint) && key.Count == (ulong)count;

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Scalar && column.IsKey && column.ItemType.RawType == typeof(uint);
    }

    private sealed class KeysType(int length, KeyType key) : ExpectedType
    {
        public override string ToString() => $"Vector<{key}, {length}>";

        internal override bool Accepts(DataViewType found) =>
            found is VectorDataViewType vector && vector.Dimensions.SequenceEqual([length]) && key.Accepts(vector.ItemType);

        internal override bool Accepts(SchemaShape.Column column) =>
            column.Kind == SchemaShape.Column.VectorKind.Vector && column.IsKey && column.ItemType.RawType == typeof(uint);
    }

    // For columns that are read with any type.
    private sealed class PredicateType(string name, Func<DataViewType, bool> accepts) : ExpectedType
    {
        public override string ToString() => name;

        internal override bool Accepts(DataViewType type) => accepts(type);

        internal override bool Accepts(SchemaShape.Column column) => accepts(column.ItemType);
    }
}
