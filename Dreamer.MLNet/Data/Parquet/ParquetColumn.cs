using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;
using Parquet;
using Parquet.Schema;

namespace Dreamer.MLNet.Data.Parquet;

/// <summary>A column of a view on its way into a Parquet file: values of a row group are gathered, then written at once.</summary>
internal abstract class ParquetColumn
{
    private protected ParquetColumn(Field field) => Field = field;

    /// <summary>The column in the file's schema.</summary>
    internal Field Field { get; }

    /// <summary>A column of the type that the view's has.</summary>
    /// <exception cref="ArgumentException">Columns of the type are not written.</exception>
    internal static ParquetColumn Create(DataViewRow input, DataViewSchema.Column column, int capacity)
    {
        var name = column.Name;
        return column.Type switch
        {
            TextDataViewType => new ParquetTexts(name, Texts(input, column), capacity),
            KeyDataViewType { RawType: var raw } when raw == typeof(uint) && KeyNames.Read(column) is { } names =>
                new ParquetTexts(name, Keys(input, column, names), capacity),
            KeyDataViewType { RawType: var raw } when raw == typeof(uint) => new ParquetScalars<uint>(name, input.GetGetter<uint>(column), capacity),
            BooleanDataViewType => new ParquetScalars<bool>(name, input.GetGetter<bool>(column), capacity),
            NumberDataViewType { RawType: var raw } when raw == typeof(float) => new ParquetScalars<float>(name, input.GetGetter<float>(column), capacity),
            NumberDataViewType { RawType: var raw } when raw == typeof(double) => new ParquetScalars<double>(name, input.GetGetter<double>(column), capacity),
            NumberDataViewType { RawType: var raw } when raw == typeof(int) => new ParquetScalars<int>(name, input.GetGetter<int>(column), capacity),
            NumberDataViewType { RawType: var raw } when raw == typeof(long) => new ParquetScalars<long>(name, input.GetGetter<long>(column), capacity),
            VectorDataViewType { ItemType.RawType: var raw } when raw == typeof(byte) =>
                new ParquetBytes(name, input.GetGetter<VBuffer<byte>>(column), capacity),
            VectorDataViewType { ItemType.RawType: var raw, IsKnownSize: true, Size: var size } when raw == typeof(float) =>
                new ParquetLists(name, input.GetGetter<VBuffer<float>>(column), size, capacity),
            _ => throw new ArgumentException(
                $"Column '{name}' is {column.Type}; written to Parquet are Text, Boolean, Int32, Int64, Single, Double, keys of UInt32, " +
                "and vectors of Byte and of known size of Single.", nameof(column)),
        };
    }

    /// <summary>Reads the value of the input's current row.</summary>
    internal abstract void Read(int row);

    /// <summary>Writes the first values as the column of a row group.</summary>
    internal abstract Task WriteAsync(ParquetRowGroupWriter writer, int rows);

    private static Func<string?> Texts(DataViewRow input, DataViewSchema.Column column)
    {
        var getter = input.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> value = default;
        return () =>
        {
            getter(ref value);
            return value.ToString();
        };
    }

    private static Func<string?> Keys(DataViewRow input, DataViewSchema.Column column, string[] names)
    {
        var getter = input.GetGetter<uint>(column);
        var value = 0u;
        return () =>
        {
            getter(ref value);
            return value == 0 ? null : names[value - 1];
        };
    }
}
