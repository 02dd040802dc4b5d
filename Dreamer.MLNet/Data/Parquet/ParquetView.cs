using Dreamer.Inference.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using Parquet;
using Parquet.Schema;

namespace Dreamer.MLNet.Data.Parquet;

/// <summary>Writes views as Parquet files.</summary>
internal static class ParquetView
{
    /// <summary>Ends the names of metadata that hold a vector column's dimensions, in order and separated by commas.</summary>
    internal const string ShapeSuffix = ".shape";

    private const int MostRowsInGroup = 4096;
    private const long LargestGroup = 64_000_000;

    /// <summary>Writes columns of a view, row group by row group; equal values give equal files.</summary>
    /// <param name="view">The view.</param>
    /// <param name="columns">Which columns, in which order.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="row">Called behind each row.</param>
    /// <exception cref="ArgumentException">A column has an unsupported type.</exception>
    internal static void Write(IDataView view, IReadOnlyList<DataViewSchema.Column> columns, string path, Action? row = null)
    {
        var bytes = columns.Sum(column => Rows.ColumnBuffer.BytesPerRow(column.Type));
        var capacity = (int)Math.Clamp(LargestGroup / Math.Max(1, bytes), 1, MostRowsInGroup);
        using var cursor = view.GetRowCursor(columns);
        ParquetColumn[] written = [.. columns.Select(column => ParquetColumn.Create(cursor, column, capacity))];
        AtomicFile.Write(path, stream => WriteAsync(stream, cursor, written, Shapes(columns), capacity, row).GetAwaiter().GetResult());
    }

    private static Dictionary<string, string> Shapes(IReadOnlyList<DataViewSchema.Column> columns) => columns
        .Where(column => column.Type is VectorDataViewType)
        .ToDictionary(column => column.Name + ShapeSuffix, column => string.Join(',', ((VectorDataViewType)column.Type).Dimensions));

    private static async Task WriteAsync(
        Stream stream, DataViewRowCursor cursor, ParquetColumn[] columns, Dictionary<string, string> shapes, int capacity, Action? row)
    {
        var schema = new ParquetSchema(columns.Select(column => column.Field));
        await using var writer = await ParquetWriter.CreateAsync(schema, stream);
        writer.CustomMetadata = shapes;
        for (var (count, more) = (0, true); more; count = 0)
        {
            while (count < capacity && (more = cursor.MoveNext()))
            {
                foreach (var column in columns)
                {
                    column.Read(count);
                }
                count++;
                row?.Invoke();
            }
            if (count > 0)
            {
                using var group = writer.CreateRowGroup();
                foreach (var column in columns)
                {
                    await column.WriteAsync(group, count);
                }
            }
        }
    }
}
