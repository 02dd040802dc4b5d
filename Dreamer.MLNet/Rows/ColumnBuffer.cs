using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Rows;

/// <summary>Keeps the values of a column that is passed through a cursor which reads ahead.</summary>
internal abstract class ColumnBuffer
{
    private const int Handle = 24;

    /// <summary>
    /// Whether copies of a column's values may be kept. Other values, for example images, belong to the reader and must not be read ahead.
    /// </summary>
    internal static bool CanKeep(DataViewType type) => ((type as VectorDataViewType)?.ItemType ?? type) is PrimitiveDataViewType;

    /// <summary>The approximate bytes of a value; text and vectors of unknown size count as their handles.</summary>
    internal static long BytesPerRow(DataViewType type)
    {
        var item = (type as VectorDataViewType)?.ItemType ?? type;
        var size = item.RawType.IsPrimitive ? Marshal.SizeOf(item.RawType) : Handle;
        return type is VectorDataViewType vector ? Handle + ((long)vector.Size * size) : size;
    }

    /// <summary>A buffer of a column.</summary>
    internal static ColumnBuffer Create(DataViewRow input, DataViewSchema.Column column)
    {
        var buffer = column.Type is VectorDataViewType vector
            ? typeof(Vectors<>).MakeGenericType(vector.ItemType.RawType) : typeof(Scalars<>).MakeGenericType(column.Type.RawType);
        return (ColumnBuffer)Activator.CreateInstance(buffer, input, column)!;
    }

    /// <summary>Makes room.</summary>
    internal abstract void Resize(int capacity);

    /// <summary>Keeps the value of the input's current row.</summary>
    internal abstract void Read(int row);

    /// <summary>A getter of the row that <paramref name="row"/> returns.</summary>
    internal abstract Delegate Getter(Func<int> row);

    private sealed class Scalars<T>(DataViewRow input, DataViewSchema.Column column) : ColumnBuffer
    {
        private readonly ValueGetter<T> _getter = input.GetGetter<T>(column);
        private T[] _values = [];

        internal override void Resize(int capacity) => Array.Resize(ref _values, capacity);

        internal override void Read(int row) => _getter(ref _values[row]);

        internal override Delegate Getter(Func<int> row) => (ValueGetter<T>)((ref T value) => value = _values[row()]);
    }

    private sealed class Vectors<T>(DataViewRow input, DataViewSchema.Column column) : ColumnBuffer
    {
        private readonly ValueGetter<VBuffer<T>> _getter = input.GetGetter<VBuffer<T>>(column);
        private VBuffer<T>[] _values = [];

        internal override void Resize(int capacity) => Array.Resize(ref _values, capacity);

        internal override void Read(int row) => _getter(ref _values[row]);

        internal override Delegate Getter(Func<int> row) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[row()].CopyTo(ref value));
    }
}
