using Dreamer.Inference;

namespace Dreamer.MLNet.Execution;

/// <summary>The source of an estimator's graphs.</summary>
internal abstract class AgentSource
{
    private AgentSource(AgentManifest manifest) => Manifest = manifest;

    /// <summary>The agent's manifest.</summary>
    internal AgentManifest Manifest { get; }

    /// <summary>An agent that the caller owns and disposes.</summary>
    internal static AgentSource From(DreamerAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return new Agent(agent);
    }

    /// <summary>An agent folder; it is read now for the manifest and again when a pipeline is fitted.</summary>
    /// <exception cref="InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    internal static AgentSource From(string folder)
    {
        using var agent = DreamerAgent.Load(folder);
        return new Folder(folder, agent.Manifest);
    }

    /// <summary>Opens graphs.</summary>
    /// <param name="names">Which.</param>
    /// <param name="execution">Where they run, or null for the agent's own settings.</param>
    /// <exception cref="InvalidAgentException">The agent lacks one of them, or ONNX Runtime refuses it.</exception>
    internal abstract AgentGraph[] Open(IReadOnlyList<string> names, AgentExecutionOptions? execution);

    private static AgentGraph[] OpenAll(DreamerAgent agent, IReadOnlyList<string> names)
    {
        var open = new List<AgentGraph>(names.Count);
        try
        {
            foreach (var name in names)
            {
                open.Add(agent.OpenGraph(name));
            }
            return [.. open];
        }
        catch
        {
            open.ForEach(graph => graph.Dispose());
            throw;
        }
    }

    private sealed class Agent(DreamerAgent agent) : AgentSource(agent.Manifest)
    {
        internal override AgentGraph[] Open(IReadOnlyList<string> names, AgentExecutionOptions? execution)
        {
            var graphs = OpenAll(agent, names);
            if (execution is null)
            {
                return graphs;
            }

            try
            {
                using var elsewhere = DreamerAgent.FromParts(Manifest, graphs.ToDictionary(g => g.Manifest.Name, g => g.Bytes), execution);
                return OpenAll(elsewhere, names);
            }
            finally
            {
                Array.ForEach(graphs, graph => graph.Dispose());
            }
        }
    }

    private sealed class Folder(string folder, AgentManifest manifest) : AgentSource(manifest)
    {
        internal override AgentGraph[] Open(IReadOnlyList<string> names, AgentExecutionOptions? execution)
        {
            using var agent = DreamerAgent.Load(folder, execution);
            return OpenAll(agent, names);
        }
    }
}
