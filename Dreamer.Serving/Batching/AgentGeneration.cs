using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.Inference.Verification;

namespace Dreamer.Serving;

/// <summary>The agent of one load and all that runs on it, counted: freed when it serves no longer and the last of its episodes is over.</summary>
/// <remarks>
/// Thread-safe but for what the scheduler's lock guards. Who holds a reference gives it back with <see cref="Release"/>; it begins with one.
/// </remarks>
internal sealed class AgentGeneration
{
    private readonly StepGraphs?[] _graphs;
    private readonly DreamerAgent _agent;
    private readonly int _rows;
    private int _references = 1;
    private int _live;

    /// <summary>Takes an agent over.</summary>
    /// <param name="agent">Disposed with the generation.</param>
    /// <param name="number">1 for the first.</param>
    /// <param name="manifestHash">SHA-256 of its <c>agent.json</c>.</param>
    /// <param name="options">What is computed, by how many workers, in how many rows.</param>
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

    /// <summary>What tells weights apart in the state of a session.</summary>
    internal byte[] Fingerprint { get; }

    internal AgentOutputs Outputs { get; }

    /// <summary>Sessions that live on it.</summary>
    internal int Live => Volatile.Read(ref _live);

    /// <summary>Whether it was freed.</summary>
    internal bool IsFreed => Volatile.Read(ref _references) == 0;

    /// <summary>Steps that wait, oldest first. Guarded by the scheduler's lock.</summary>
    internal Queue<PendingStep> Pending { get; } = new();

    /// <summary>Steps that run. Guarded by the scheduler's lock.</summary>
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

    /// <summary>The buffers of a worker, its own.</summary>
    internal StepGraphs Graphs(int worker) => _graphs[worker] ??= new StepGraphs(_agent, Outputs, _rows);

    internal AgentImagination CreateImagination(ulong seed) => _agent.CreateImagination(seed);

    /// <summary>Makes one step of nothing in particular: opens every graph that steps need and looks at what comes out.</summary>
    /// <exception cref="InvalidAgentException">A graph cannot be opened or run.</exception>
    /// <exception cref="NonFiniteOutputException">Some number is not finite.</exception>
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

    /// <summary>Replays the test data of the folder that it came from.</summary>
    internal IReadOnlyList<VerifiedOutput> Verify(string folder) => AgentVerifier.Verify(folder, _agent, _agent.Manifest.Graphs);

    /// <summary>Why a graph runs on the CPU though a GPU was asked for; null where none does.</summary>
    internal string? FallbackReason()
    {
        using var graph = _agent.OpenGraph(GraphNames.RssmObserve);
        return graph.FallbackReason;
    }
}
