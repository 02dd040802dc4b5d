namespace Dreamer.MLNet.Rows;

/// <summary>How many rows are computed together where nothing but speed depends on it.</summary>
internal static class RowWindow
{
    /// <summary>Dense layers of a state's size reach their best rate here: their weights are read once for so many rows.</summary>
    internal const int Default = 64;
}
