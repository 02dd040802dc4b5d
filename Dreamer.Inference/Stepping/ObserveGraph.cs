namespace Dreamer.Inference.Stepping;

/// <summary>One filtering step of several rows: the graph <see cref="GraphNames.RssmObserve"/> and its tensors.</summary>
internal sealed class ObserveGraph : IDisposable
{
    private readonly GraphRunner _runner;

    /// <summary>Allocates the tensors. The noise is <see cref="EpisodeNoise.Mode"/> until it is filled.</summary>
    /// <param name="graph">The graph; its handle stays the caller's.</param>
    /// <param name="manifest">The agent.</param>
    /// <param name="capacity">The largest number of rows.</param>
    /// <param name="posterior">Whether to compute <see cref="Posterior"/>.</param>
    internal ObserveGraph(AgentGraph graph, AgentManifest manifest, int capacity, bool posterior)
    {
        var latent = manifest.Latent;
        Capacity = capacity;
        PrevLatent = new(TensorNames.PrevLatent, capacity, latent.Size);
        PrevAction = new(TensorNames.PrevAction, capacity, manifest.Action.Size);
        IsFirst = new(TensorNames.IsFirst, capacity, 1);
        Embedding = new(TensorNames.Embedding, capacity, latent.Embedding);
        Noise = new(TensorNames.StochNoise, capacity, latent.StochSize);
        Noise.Rows(capacity).Fill(EpisodeNoise.Mode);
        Latent = new(TensorNames.Latent, capacity, latent.Size);
        Posterior = posterior ? new(latent.PosteriorTensor, capacity, latent.StatsSize) : null;
        _runner = new GraphRunner(graph, [PrevLatent, PrevAction, IsFirst, Embedding, Noise], Posterior is null ? [Latent] : [Latent, Posterior]);
    }

    internal int Capacity { get; }

    internal RowTensor<float> PrevLatent { get; }

    internal RowTensor<float> PrevAction { get; }

    internal RowTensor<float> IsFirst { get; }

    internal RowTensor<float> Embedding { get; }

    internal RowTensor<float> Noise { get; }

    internal RowTensor<float> Latent { get; }

    /// <summary>The posterior's logits, or its means and standard deviations.</summary>
    internal RowTensor<float>? Posterior { get; }

    public void Dispose() => _runner.Dispose();

    internal void Run(int rows) => _runner.Run(rows);
}
