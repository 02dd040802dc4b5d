using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dreamer.Inference.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.Cli.Scoring;

/// <summary>Writes scores as CSV: a header, one line per row, one cell per number.</summary>
/// <remarks>
/// The numbers of a vector have cells of their own, <c>NAME.0</c>, <c>NAME.1</c> and so on, in row-major order. Keys are written by their names, the missing one as
/// an empty cell; flags as <c>true</c> and <c>false</c>; numbers so that they are read back exactly, in the invariant culture.
/// </remarks>
internal static class CsvScores
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    internal static void Write(IDataView scores, string path) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        using var csv = new CsvWriter(text, Format);
        var columns = scores.Schema.Where(column => !column.IsHidden).ToArray();
        foreach (var column in columns)
        {
            if (column.Type is VectorDataViewType vector)
            {
                for (var i = 0; i < vector.Size; i++)
                {
                    csv.WriteField(string.Create(CultureInfo.InvariantCulture, $"{column.Name}.{i}"));
                }
            }
            else
            {
                csv.WriteField(column.Name);
            }
        }
        csv.NextRecord();
        using var cursor = scores.GetRowCursor(columns);
        Action<CsvWriter>[] cells = [.. columns.Select(column => CsvCells.Create(cursor, column))];
        while (cursor.MoveNext())
        {
            foreach (var write in cells)
            {
                write(csv);
            }
            csv.NextRecord();
        }
    });
}
