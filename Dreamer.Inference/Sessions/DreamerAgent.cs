namespace Dreamer.Inference;

/// <summary>A trained agent, loaded from an agent folder, checked and ready to run.</summary>
/// <remarks>
/// Thread-safe and meant to be shared. Each live episode is an <see cref="AgentSession"/>; an agent can have any number of them.
/// Sessions and graphs stay valid after the agent is disposed; the weights are freed with the last of them.
/// </remarks>
public sealed class DreamerAgent : IDisposable
{
    private readonly AgentExecutionOptions _execution;
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> _bytes;
    private readonly Dictionary<string, AgentGraph> _open = [];
    private readonly Lock _gate = new();
    private bool _disposed;

    private DreamerAgent(AgentManifest manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> graphs, AgentExecutionOptions? execution)
    {
        Manifest = manifest;
        _bytes = graphs;
        _execution = execution ?? new AgentExecutionOptions();
    }

    /// <summary>The agent's manifest; it lists the graphs that run.</summary>
    public AgentManifest Manifest { get; }

    /// <summary>Reads an agent folder: sizes are bounded, hashes checked, external tensors and foreign operators refused.</summary>
    /// <param name="folder">The folder that holds <c>agent.json</c>.</param>
    /// <param name="execution">Where the graphs run; by default on the CPU.</param>
    /// <param name="weights">Which weights to run; files that they do not need are not read.</param>
    /// <exception cref="InvalidAgentException">
    /// The folder is missing, damaged, not an agent, or lacks these weights; the message names the file and the problem.
    /// </exception>
    public static DreamerAgent Load(string folder, AgentExecutionOptions? execution = null, AgentWeights weights = AgentWeights.AsTrained)
    {
        var (manifest, graphs) = AgentFolder.Read(folder, weights);
        return new DreamerAgent(manifest, graphs, execution);
    }

    /// <summary>Creates an agent from parts that were stored elsewhere, for example in a saved pipeline.</summary>
    /// <param name="manifest">What the agent is.</param>
    /// <param name="graphs">The files of its graphs by name; graphs may be missing, but using them then fails.</param>
    /// <param name="execution">Where the graphs run; by default on the CPU.</param>
    /// <exception cref="InvalidAgentException">A graph does not match the manifest.</exception>
    public static DreamerAgent FromParts(
        AgentManifest manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> graphs, AgentExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(graphs);
        foreach (var (name, bytes) in graphs)
        {
            var graph = manifest.Graph(name);
            AgentFolder.RequireMatch(graph, bytes.Span, graph.File);
        }
        return new DreamerAgent(manifest, new Dictionary<string, ReadOnlyMemory<byte>>(graphs), execution);
    }

    /// <summary>Whether the agent has a graph.</summary>
    /// <param name="name">One of <see cref="GraphNames"/>.</param>
    public bool HasGraph(string name) => _bytes.ContainsKey(name);

    /// <summary>Opens a graph: a new handle on shared weights.</summary>
    /// <param name="name">One of <see cref="GraphNames"/>.</param>
    /// <returns>A handle that the caller disposes.</returns>
    /// <exception cref="InvalidAgentException">The agent has no such graph, or ONNX Runtime refuses it.</exception>
    /// <exception cref="ObjectDisposedException">The agent was disposed.</exception>
    public AgentGraph OpenGraph(string name)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_open.TryGetValue(name, out var graph))
            {
                var manifest = Manifest.Graph(name);
                if (!_bytes.TryGetValue(name, out var bytes))
                {
                    throw new InvalidAgentException(
                        $"Agent '{Manifest.Name}' was loaded without its graph '{name}'; it has {string.Join(", ", _bytes.Keys.Order())}.");
                }
                // Kept open with the agent, so that short-lived sessions do not rebuild the weights.
                graph = AgentGraph.Open(manifest, bytes, _execution);
                _open.Add(name, graph);
            }
            return graph.Share();
        }
    }

    /// <summary>Begins a live episode.</summary>
    /// <param name="options">How the session acts and what it computes.</param>
    /// <returns>A session that the caller disposes; it is not thread-safe.</returns>
    /// <exception cref="InvalidAgentException">The agent lacks a graph that the session needs.</exception>
    public AgentSession CreateSession(AgentSessionOptions? options = null) => new(this, options ?? new AgentSessionOptions());

    /// <summary>Begins several live episodes in lockstep.</summary>
    /// <param name="options">Their number, how they act and what they compute.</param>
    /// <returns>A batch that the caller disposes; it is not thread-safe.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="InvalidAgentException">The agent lacks a graph that the batch needs.</exception>
    public AgentBatch CreateBatch(AgentBatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = options.Errors().ToList();
        return errors.Count == 0 ? new AgentBatch(this, options) : throw new ArgumentException(string.Join(' ', errors), nameof(options));
    }

    /// <summary>Begins imagining: the world model's answers to actions that are not executed.</summary>
    /// <param name="seed">The seed of its samples.</param>
    /// <returns>An object that the caller disposes; it is not thread-safe.</returns>
    /// <exception cref="InvalidAgentException">The agent lacks a graph that imagination needs.</exception>
    public AgentImagination CreateImagination(ulong seed = 0) => new(this, seed);

    /// <summary>Releases the agent's own handles.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var graph in _open.Values)
            {
                graph.Dispose();
            }
            _open.Clear();
        }
    }
}
