using Dreamer.Inference.Episodes;
using Dreamer.Inference.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Data.Numpy;

/// <summary>Writes views as NumPy archives.</summary>
internal static class NpzView
{
    /// <summary>Writes columns of a view, one after the other; equal values give equal files.</summary>
    /// <exception cref="ArgumentException">A column has an unsupported type.</exception>
    internal static void Write(IDataView view, IReadOnlyList<DataViewSchema.Column> columns, string path)
    {
        // NumPy's strings have one length, and shapes precede the elements: both are known after the first pass.
        using var first = view.GetRowCursor(columns.Where(NpyColumn.IsText));
        var texts = columns.Where(NpyColumn.IsText).Select(column => (column.Index, Text: new NpyTexts(first, column))).ToArray();
        var rows = 0;
        while (first.MoveNext())
        {
            rows = checked(rows + 1);
            foreach (var (_, text) in texts)
            {
                text.Measure();
            }
        }

        var widths = texts.ToDictionary(text => text.Index, text => text.Text.Longest);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new NpzWriter(stream);
            foreach (var column in columns)
            {
                using var cursor = view.GetRowCursor([column]);
                var written = NpyColumn.Create(cursor, column, widths.GetValueOrDefault(column.Index));
                archive.Write(column.Name, written.Type, [rows, .. Dimensions(column)], elements =>
                {
                    while (cursor.MoveNext())
                    {
                        written.Write(elements);
                    }
                });
            }
        });
    }

    private static int[] Dimensions(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? [.. vector.Dimensions] : [];
}
