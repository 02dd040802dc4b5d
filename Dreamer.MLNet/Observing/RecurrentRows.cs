namespace Dreamer.MLNet;

/// <summary>Finds the rows with state inside an engine that ML.NET builds: they are created while its constructor runs.</summary>
internal static class RecurrentRows
{
    [ThreadStatic]
    private static List<ObserveRow>? s_rows;

    /// <summary>Builds an engine.</summary>
    /// <returns>The engine and the rows with state that were created for it.</returns>
    internal static (T Engine, IReadOnlyList<ObserveRow> Rows) During<T>(Func<T> create)
    {
        var outer = s_rows;
        var rows = s_rows = [];
        try
        {
            return (create(), rows);
        }
        finally
        {
            s_rows = outer;
        }
    }

    /// <summary>A row with state was created.</summary>
    internal static void Created(ObserveRow row) => s_rows?.Add(row);
}
