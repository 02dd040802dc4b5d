namespace Dreamer.Inference.Episodes;

/// <summary>What is wanted of an array in a file.</summary>
internal enum ArrayUse
{
    /// <summary>Nothing: it is not opened.</summary>
    None,

    /// <summary>Its type and shape: its data is not unpacked.</summary>
    Shape,

    /// <summary>All of it.</summary>
    Data,
}
