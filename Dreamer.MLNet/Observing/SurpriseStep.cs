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
        PosteriorLogits = new(TensorNames.PosteriorLogits, capacity, latent.StochSize);
        PriorLogits = new(TensorNames.PriorLogits, capacity, latent.StochSize);
        Kl = new(TensorNames.Kl, capacity, 1);
        _call = new GraphCall(surprise, [Latent, PosteriorLogits], [PriorLogits, Kl]);
    }

    internal int Capacity { get; }

    internal RowTensor<float> Latent { get; }

    internal RowTensor<float> PosteriorLogits { get; }

    internal RowTensor<float> PriorLogits { get; }

    internal RowTensor<float> Kl { get; }

    public void Dispose() => _call.Dispose();

    internal void Run(int rows) => _call.Run(rows);
}
