namespace Dreamer.MLNet.Schema;

/// <summary>The kinds of ML.NET's own annotations that are written here.</summary>
internal static class AnnotationKinds
{
    /// <summary>The names of a key's values.</summary>
    internal const string KeyValues = "KeyValues";

    /// <summary>The names of a vector's slots.</summary>
    internal const string SlotNames = "SlotNames";
}
