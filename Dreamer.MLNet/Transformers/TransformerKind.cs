using System.Text.Json.Serialization.Metadata;
using Dreamer.Inference;
using Dreamer.MLNet.Execution;

namespace Dreamer.MLNet.Persistence;

/// <summary>A kind of transformer, and how to load one.</summary>
/// <param name="name">Names the transformer and the version of its saved form.</param>
internal abstract class TransformerKind(string name)
{
    internal string Name { get; } = name;

    /// <summary>Creates a transformer from its saved parts.</summary>
    /// <param name="execution">Where its graphs run; null for the CPU.</param>
    /// <param name="parts">Its saved parts.</param>
    /// <exception cref="InvalidDataException">A part is missing or damaged.</exception>
    /// <exception cref="InvalidAgentException">The manifest or a graph is damaged.</exception>
    internal abstract DreamerTransformer Load(AgentExecutionOptions? execution, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts);
}

/// <inheritdoc/>
/// <param name="name">Names the transformer and the version of its saved form.</param>
/// <param name="json">The JSON form of its options.</param>
/// <param name="graphsNeeded">The graphs that a transformer with these options runs.</param>
/// <param name="create">Creates the transformer.</param>
internal sealed class TransformerKind<TOptions>(
    string name,
    JsonTypeInfo<TOptions> json,
    Func<TOptions, string[]> graphsNeeded,
    Func<AgentManifest, AgentGraph[], TOptions, DreamerTransformer> create)
    : TransformerKind(name)
    where TOptions : class
{
    internal byte[] Serialize(TOptions options) => OptionsJson.Write(options, json);

    internal override DreamerTransformer Load(AgentExecutionOptions? execution, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts)
    {
        var manifest = AgentManifest.FromJson(TransformerParts.Get(parts, Name, AgentManifest.FileName).Span, $"{AgentManifest.FileName} of '{Name}'");
        var options = OptionsJson.Read(TransformerParts.Get(parts, Name, TransformerParts.Options), json, $"{TransformerParts.Options} of '{Name}'");
        var graphs = graphsNeeded(options);
        var bytes = graphs.ToDictionary(graph => graph, graph => TransformerParts.Get(parts, Name, manifest.Graph(graph).File));
        using var agent = DreamerAgent.FromParts(manifest, bytes, execution);
        return create(manifest, AgentSource.From(agent).Open(graphs, execution: null), options);
    }
}
