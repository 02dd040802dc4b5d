using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.Inference.Verification;

namespace Dreamer.Serving;

/// <summary>One loaded agent and everything that runs on it, reference-counted: freed when it is no longer served and its last episode has ended.</summary>
/// <remarks>
/// Thread-safe except for members guarded by the scheduler's lock. It starts with one reference; holders return theirs with <see cref="Release"/>.
/// </remarks>
internal sealed class AgentGeneration
{
    private readonly StepGraphs?[] _graphs;
    private readonly DreamerAgent _agent;
    private readonly int _rows;
    private int _references = 1;
    private int _live;

    /// <summary>Takes ownership of an agent.</summary>
    /// <param name="agent">Disposed with the generation.</param>
    /// <param name="number">1 for the first.</param>
    /// <param name="manifestHash">SHA-256 of its <c>agent.json</c>.</param>
    /// <param name="options">The outputs, the number of workers and the rows per batch.</param>
    internal AgentGeneration(DreamerAgent agent, int number, string manifestHash, DreamerAgentOptions options)
    {
        (_agent, Number, ManifestHash, Outputs) = (agent, number, manifestHash, options.Outputs);
        Fingerprint = SavedEpisode.FingerprintOf(agent.Manifest);
        _graphs = new StepGraphs?[options.Batching.Workers];
        _rows = options.Batching.Rows;
    }

    internal AgentManifest Manifest => _agent.Manifest;

    internal int Number { get; }

    internal string ManifestHash { get; }

    /// <summary>Identifies the weights in the saved state of a session.</summary>
    internal byte[] Fingerprint { get; }

    internal AgentOutputs Outputs { get; }

    /// <summary>The number of its live sessions.</summary>
    internal int Live => Volatile.Read(ref _live);

    /// <summary>Whether it has been freed.</summary>
    internal bool IsFreed => Volatile.Read(ref _references) == 0;

    /// <summary>Waiting steps, oldest first. Guarded by the scheduler's lock.</summary>
    internal Queue<PendingStep> Pending { get; } = new();

    /// <summary>The number of running steps. Guarded by the scheduler's lock.</summary>
    internal int Running { get; set; }

    internal void AddReference() => Interlocked.Increment(ref _references);

    internal void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            foreach (var graphs in _graphs)
            {
                graphs?.Dispose();
            }
            _agent.Dispose();
        }
    }

    internal void AddSession()
    {
        AddReference();
        Interlocked.Increment(ref _live);
    }

    internal void RemoveSession()
    {
        Interlocked.Decrement(ref _live);
        Release();
    }

    /// <summary>The tensors of a worker.</summary>
    internal StepGraphs Graphs(int worker) => _graphs[worker] ??= new StepGraphs(Manifest, _agent.OpenGraph, Outputs, _rows);

    internal AgentImagination CreateImagination(ulong seed) => _agent.CreateImagination(seed);

    /// <summary>Runs two steps of a blank observation: opens every graph that steps need and checks the outputs.</summary>
    /// <exception cref="InvalidAgentException">A graph cannot be opened or run.</exception>
    /// <exception cref="NonFiniteOutputException">A number is not finite.</exception>
    internal void SelfTest()
    {
        var episode = new LiveEpisode(Manifest, ActionSelection.Greedy, LatentSampling.Sampled, seed: 0, "self-test");
        var observation = new AgentObservation(new byte[Manifest.Image?.Size ?? 0], new float[Manifest.VectorSize]);
        var graphs = Graphs(worker: 0);
        for (var i = 0; i < 2; i++)
        {
            episode.Write(graphs, row: 0, observation);
            graphs.Run(1);
            episode.Guard(graphs, row: 0);
            episode.Commit(graphs, row: 0);
        }
        if (Outputs.HasFlag(AgentOutputs.Imagination))
        {
            using var imagination = CreateImagination(seed: 0);
            imagination.Rollout(episode.Latent, horizon: 1);
        }
    }

    /// <summary>Replays the test data of its folder.</summary>
    internal IReadOnlyList<VerifiedOutput> Verify(string folder) => AgentVerifier.Verify(folder, _agent, _agent.Manifest.Graphs);

    /// <summary>Why a graph fell back from a GPU to the CPU; null if none did.</summary>
    internal string? FallbackReason()
    {
        using var graph = _agent.OpenGraph(GraphNames.RssmObserve);
        return graph.FallbackReason;
    }
}
