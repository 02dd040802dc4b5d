using Dreamer.Inference;
using Dreamer.MLNet.Execution;

namespace Dreamer.MLNet;

/// <summary>One step of the recurrent state, for several rows at once: the graph and its tensors.</summary>
internal sealed class ObserveStep : IDisposable
{
    private readonly GraphCall _call;

    /// <summary>Makes room for a number of rows.</summary>
    /// <param name="observe">The graph.</param>
    /// <param name="manifest">What the agent is.</param>
    /// <param name="capacity">How many rows.</param>
    /// <param name="posterior">Whether the posterior's logits, or means and deviations, are wanted.</param>
    internal ObserveStep(GraphLease observe, AgentManifest manifest, int capacity, bool posterior)
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
        _call = new GraphCall(
            observe, [PrevLatent, PrevAction, IsFirst, Embedding, Noise], Posterior is null ? [Latent] : [Latent, Posterior]);
    }

    internal int Capacity { get; }

    internal RowTensor<float> PrevLatent { get; }

    internal RowTensor<float> PrevAction { get; }

    internal RowTensor<float> IsFirst { get; }

    internal RowTensor<float> Embedding { get; }

    /// <summary>The noise of samples; what stands for none until it is filled.</summary>
    internal RowTensor<float> Noise { get; }

    internal RowTensor<float> Latent { get; }

    internal RowTensor<float>? Posterior { get; }

    public void Dispose() => _call.Dispose();

    /// <summary>Steps the first rows.</summary>
    internal void Run(int rows) => _call.Run(rows);
}
