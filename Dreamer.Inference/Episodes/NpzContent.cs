namespace Dreamer.Inference.Episodes;

/// <summary>The arrays of an archive that were read, and the names of the others.</summary>
internal sealed record NpzContent(IReadOnlyDictionary<string, NpyArray> Arrays, IReadOnlyList<string> Others)
{
    /// <summary>The names of all arrays, for messages.</summary>
    internal string Names => Arrays.Count + Others.Count == 0 ? "no array" : string.Join(", ", Arrays.Keys.Concat(Others).Order(StringComparer.Ordinal));
}
