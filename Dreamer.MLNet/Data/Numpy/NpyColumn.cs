using System.Runtime.InteropServices;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Data.Numpy;

/// <summary>A column of a view on its way into a NumPy array: values are written row by row.</summary>
internal abstract class NpyColumn(string type)
{
    /// <summary>The type of the elements, as NumPy writes it.</summary>
    internal string Type => type;

    /// <summary>Whether a column is written as strings: text, and keys that have names.</summary>
    internal static bool IsText(DataViewSchema.Column column) =>
        column.Type is TextDataViewType || (column.Type is KeyDataViewType key && key.RawType == typeof(uint) && KeyNames.Read(column) is not null);

    /// <summary>A column of the type that the view's has.</summary>
    /// <exception cref="ArgumentException">Columns of the type are not written.</exception>
    internal static NpyColumn Create(DataViewRow input, DataViewSchema.Column column, int longestText)
    {
        if (IsText(column))
        {
            return new NpyTexts(input, column, longestText);
        }
        var (item, vector) = column.Type is VectorDataViewType { IsKnownSize: true } known ? (known.ItemType, true) : (column.Type, false);
        return item switch
        {
            NumberDataViewType or BooleanDataViewType or KeyDataViewType when TypeOf(item.RawType) is { } type => item.RawType switch
            {
                var raw when raw == typeof(float) => Numbers<float>(input, column, type, vector),
                var raw when raw == typeof(double) => Numbers<double>(input, column, type, vector),
                var raw when raw == typeof(int) => Numbers<int>(input, column, type, vector),
                var raw when raw == typeof(long) => Numbers<long>(input, column, type, vector),
                var raw when raw == typeof(uint) => Numbers<uint>(input, column, type, vector),
                var raw when raw == typeof(byte) => Numbers<byte>(input, column, type, vector),
                _ => Numbers<bool>(input, column, type, vector),
            },
            _ => throw new ArgumentException(
                $"Column '{column.Name}' is {column.Type}; written to NumPy's arrays are Text, Boolean, Byte, Int32, Int64, Single, Double, keys of " +
                "UInt32, and vectors of numbers of known size.", nameof(column)),
        };
    }

    /// <summary>Writes the value of the input's current row.</summary>
    internal abstract void Write(Stream elements);

    private static string? TypeOf(Type type) => type == typeof(float) ? "<f4" : type == typeof(double) ? "<f8" : type == typeof(int) ? "<i4"
        : type == typeof(long) ? "<i8" : type == typeof(uint) ? "<u4" : type == typeof(byte) ? "|u1" : type == typeof(bool) ? "|b1" : null;

    private static NpyColumn Numbers<T>(DataViewRow input, DataViewSchema.Column column, string type, bool vector)
        where T : unmanaged => vector ? new NpyVectors<T>(type, input.GetGetter<VBuffer<T>>(column)) : new NpyScalars<T>(type, input.GetGetter<T>(column));

    private sealed class NpyScalars<T>(string type, ValueGetter<T> getter) : NpyColumn(type)
        where T : unmanaged
    {
        private T _value;

        internal override void Write(Stream elements)
        {
            getter(ref _value);
            elements.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in _value)));
        }
    }

    private sealed class NpyVectors<T>(string type, ValueGetter<VBuffer<T>> getter) : NpyColumn(type)
        where T : unmanaged
    {
        private VBuffer<T> _value;
        private T[] _dense = [];

        internal override void Write(Stream elements)
        {
            getter(ref _value);
            Array.Resize(ref _dense, _value.Length);
            _value.CopyTo(_dense);
            elements.Write(MemoryMarshal.AsBytes(_dense.AsSpan()));
        }
    }
}
