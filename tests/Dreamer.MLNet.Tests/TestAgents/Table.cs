using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.TestAgents;

/// <summary>Reads columns of views into arrays.</summary>
internal static class Table
{
    internal static float[][] Vectors(this IDataView view, string column)
    {
        return Read(view, column, (VBuffer<float> value) => value.DenseValues().ToArray());
    }

    internal static byte[][] Bytes(this IDataView view, string column) => Read(view, column, (VBuffer<byte> value) => value.DenseValues().ToArray());

    internal static float[] Singles(this IDataView view, string column) => Read(view, column, (float value) => value);

    internal static uint[] Keys(this IDataView view, string column) => Read(view, column, (uint value) => value);

    internal static string[] Texts(this IDataView view, string column) => Read(view, column, (ReadOnlyMemory<char> value) => value.ToString());

    internal static long[] Longs(this IDataView view, string column) => Read(view, column, (long value) => value);

    /// <summary>The rows of a set of cursors, each read by a thread of its own, put in order by batch as ML.NET does.</summary>
    internal static T[] InParallel<TValue, T>(this IDataView view, string column, int cursors, Func<TValue, T> convert)
    {
        var set = view.GetRowCursorSet([view.Schema[column]], cursors);
        var parts = new List<(long Batch, int Order, T Value)>[set.Length];
        Parallel.For(0, set.Length, part =>
        {
            using var cursor = set[part];
            var getter = cursor.GetGetter<TValue>(view.Schema[column]);
            TValue value = default!;
            parts[part] = [];
            while (cursor.MoveNext())
            {
                getter(ref value);
                parts[part].Add((cursor.Batch, parts[part].Count, convert(value)));
            }
        });
        foreach (var part in parts)
        {
            Assert.Equal(part.Select(row => row.Batch).Order(), part.Select(row => row.Batch));
        }
        // A batch belongs to one cursor.
        Assert.Equal(
            parts.Sum(part => part.Select(row => row.Batch).Distinct().Count()),
            parts.SelectMany(part => part.Select(row => row.Batch)).Distinct().Count());
        return [.. parts.SelectMany(part => part).OrderBy(row => row.Batch).ThenBy(row => row.Order).Select(row => row.Value)];
    }

    private static T[] Read<TValue, T>(IDataView view, string column, Func<TValue, T> convert)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<TValue>(view.Schema[column]);
        var rows = new List<T>();
        TValue value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            rows.Add(convert(value));
        }
        return [.. rows];
    }
}
