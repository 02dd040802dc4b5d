using Dreamer.Inference;
using Dreamer.MLNet.Execution;

namespace Dreamer.MLNet;

/// <summary>The prior of rows and how far the posterior is from it: the graph and its tensors.</summary>
internal sealed class SurpriseStep : IDisposable
{
    private readonly GraphCall _call;

    internal SurpriseStep(GraphLease surprise, LatentManifest latent, int capacity)
    {
        Capacity = capacity;
        Latent = new(TensorNames.Latent, capacity, latent.Size);
        Posterior = new(latent.PosteriorTensor, capacity, latent.StatsSize);
        Prior = new(latent.PriorTensor, capacity, latent.StatsSize);
        Kl = new(TensorNames.Kl, capacity, 1);
        _call = new GraphCall(surprise, [Latent, Posterior], [Prior, Kl]);
    }

    internal int Capacity { get; }

    internal RowTensor<float> Latent { get; }

    internal RowTensor<float> Posterior { get; }

    internal RowTensor<float> Prior { get; }

    internal RowTensor<float> Kl { get; }

    public void Dispose() => _call.Dispose();

    internal void Run(int rows) => _call.Run(rows);
}
