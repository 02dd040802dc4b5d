using System.Globalization;
using CsvHelper;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Cli.Scoring;

/// <summary>Writes the cells of one column.</summary>
internal static class CsvCells
{
    /// <summary>What writes a column's cells of the cursor's current row.</summary>
    /// <exception cref="ArgumentException">The column's type has no text form.</exception>
    internal static Action<CsvWriter> Create(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var item = (column.Type as VectorDataViewType)?.ItemType ?? column.Type;
        if (item is KeyDataViewType && item.RawType == typeof(uint))
        {
            var names = Names(column);
            return Create<uint>(cursor, column, key => key == 0 ? "" : names?[(int)key - 1] ?? key.ToString(CultureInfo.InvariantCulture));
        }
        return item.RawType switch
        {
            var type when type == typeof(float) => Create<float>(cursor, column, Number),
            var type when type == typeof(double) => Create<double>(cursor, column, Number),
            var type when type == typeof(byte) => Create<byte>(cursor, column, Number),
            var type when type == typeof(int) => Create<int>(cursor, column, Number),
            var type when type == typeof(uint) => Create<uint>(cursor, column, Number),
            var type when type == typeof(long) => Create<long>(cursor, column, Number),
            var type when type == typeof(bool) => Create<bool>(cursor, column, flag => flag ? "true" : "false"),
            var type when type == typeof(ReadOnlyMemory<char>) => Create<ReadOnlyMemory<char>>(cursor, column, text => text.ToString()),
            _ => throw new ArgumentException($"Column '{column.Name}' is {column.Type}, which has no text form; leave it out of --columns or write another format.", nameof(column)),
        };
    }

    private static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static Action<CsvWriter> Create<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, string> format)
    {
        if (column.Type is VectorDataViewType)
        {
            var vector = cursor.GetGetter<VBuffer<T>>(column);
            VBuffer<T> values = default;
            return csv =>
            {
                vector(ref values);
                foreach (var value in values.DenseValues())
                {
                    csv.WriteField(format(value));
                }
            };
        }
        var scalar = cursor.GetGetter<T>(column);
        T single = default!;
        return csv =>
        {
            scalar(ref single);
            csv.WriteField(format(single));
        };
    }

    private static string[]? Names(DataViewSchema.Column column)
    {
        if (!column.HasKeyValues())
        {
            return null;
        }
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
