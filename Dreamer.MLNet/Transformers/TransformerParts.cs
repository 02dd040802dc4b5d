using Dreamer.Inference;

namespace Dreamer.MLNet.Persistence;

/// <summary>The saved parts of a transformer: files by name.</summary>
internal static class TransformerParts
{
    internal const string Options = "options.json";

    /// <summary>The agent's manifest, the options, and the graphs that the transformer uses.</summary>
    internal static IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> From(DreamerTransformer transformer) =>
    [
        new(AgentManifest.FileName, transformer.Manifest.ToJson()),
        new(Options, transformer.SerializeOptions()),
        .. transformer.Graphs.Select(graph => KeyValuePair.Create(graph.Manifest.File, graph.Bytes)),
    ];

    /// <summary>One part.</summary>
    /// <exception cref="InvalidDataException">It is missing.</exception>
    internal static ReadOnlyMemory<byte> Get(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts, string kind, string name) =>
        parts.TryGetValue(name, out var content) ? content : throw new InvalidDataException(
            $"The saved transformer '{kind}' lacks its part '{name}'; it has {string.Join(", ", parts.Keys)}.");
}
