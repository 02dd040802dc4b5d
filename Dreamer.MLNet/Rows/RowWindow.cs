namespace Dreamer.MLNet.Rows;

/// <summary>How many independent rows are computed together; only speed depends on it.</summary>
internal static class RowWindow
{
    /// <summary>At this size dense layers reach their best rate: their weights are read once for all rows.</summary>
    internal const int Default = 64;
}
