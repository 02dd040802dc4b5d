namespace Dreamer.Inference.Stepping;

/// <summary>The prior of several rows and the KL of their posterior from it: the graph <see cref="GraphNames.Surprise"/> and its tensors.</summary>
internal sealed class SurpriseGraph : IDisposable
{
    private readonly GraphRunner _runner;

    /// <summary>Allocates the tensors that it does not share.</summary>
    /// <param name="graph">The graph; its handle stays the caller's.</param>
    /// <param name="manifest">The agent's latent.</param>
    /// <param name="capacity">The largest number of rows.</param>
    /// <param name="observe">A filtering step whose latent and posterior are the inputs, or null for inputs of its own.</param>
    internal SurpriseGraph(AgentGraph graph, LatentManifest manifest, int capacity, ObserveGraph? observe = null)
    {
        Capacity = capacity;
        Latent = observe?.Latent ?? new(TensorNames.Latent, capacity, manifest.Size);
        Posterior = observe?.Posterior ?? new(manifest.PosteriorTensor, capacity, manifest.StatsSize);
        Prior = new(manifest.PriorTensor, capacity, manifest.StatsSize);
        Kl = new(TensorNames.Kl, capacity, 1);
        _runner = new GraphRunner(graph, [Latent, Posterior], [Prior, Kl]);
    }

    internal int Capacity { get; }

    internal RowTensor<float> Latent { get; }

    internal RowTensor<float> Posterior { get; }

    internal RowTensor<float> Prior { get; }

    internal RowTensor<float> Kl { get; }

    public void Dispose() => _runner.Dispose();

    internal void Run(int rows) => _runner.Run(rows);
}
