namespace Dreamer.Inference.Episodes;

/// <summary>How much of an array in a file to read.</summary>
internal enum ArrayUse
{
    /// <summary>Nothing: it is not opened.</summary>
    None,

    /// <summary>Only its type and shape; its data is not unpacked.</summary>
    Shape,

    /// <summary>All of it.</summary>
    Data,
}
