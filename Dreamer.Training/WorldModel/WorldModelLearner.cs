using Dreamer.Training.Checkpoints;
using Dreamer.Training.Networks;
using Dreamer.Training.Optimization;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>Trains a world model on recorded sequences.</summary>
/// <remarks>Owns its optimizer, not the networks. Not thread-safe.</remarks>
internal sealed class WorldModelLearner : IDisposable
{
    private readonly WorldModelNetworks _networks;
    private readonly WorldModelOptions _options;
    private readonly AdamOptimizer _optimizer;

    /// <summary>Takes over the training of a world model.</summary>
    /// <param name="networks">The networks, on their device.</param>
    /// <param name="options">How they learn.</param>
    public WorldModelLearner(WorldModelNetworks networks, WorldModelOptions options)
    {
        (_networks, _options) = (networks, options);
        _optimizer = new AdamOptimizer("model", networks.named_parameters(), options.Optimizer);
    }

    /// <summary>Does one update.</summary>
    /// <inheritdoc cref="AddGradients"/>
    public Tensor Update(TrainingBatch batch, UniformNoise noise, MetricSet metrics)
    {
        var latents = AddGradients(batch, noise, metrics);
        Step(metrics);
        return latents;
    }

    /// <summary>Computes the gradients of an update; <see cref="Step"/> moves the weights by them.</summary>
    /// <param name="batch">The recorded sequences.</param>
    /// <param name="noise">The noise that states are sampled with.</param>
    /// <param name="metrics">Receives losses, entropies and the gradients' norm.</param>
    /// <returns>Every row's posterior state, [T * B, latent], without gradient: where imagination starts.</returns>
    /// <exception cref="NonFiniteTensorException">The loss or a gradient is not finite.</exception>
    public Tensor AddGradients(TrainingBatch batch, UniformNoise noise, MetricSet metrics)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(true);
        var observed = _networks.Observe(batch, noise);
        var loss = WorldModelLoss.Compute(_networks, batch, observed, _options);
        foreach (var (name, value) in loss.Metrics)
        {
            metrics.Add(name, value);
        }
        _optimizer.AddGradients(loss.Total);
        return observed.Latents.detach().MoveToOuterDisposeScope();
    }

    /// <summary>Moves the weights by the gradients.</summary>
    /// <param name="metrics">Receives the gradients' norm.</param>
    /// <exception cref="NonFiniteTensorException">A gradient is not finite.</exception>
    public void Step(MetricSet metrics) => metrics.Add(MetricNames.ModelGradientNorm, _optimizer.Step());

    /// <summary>Adds networks and optimizer to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.AddModule("world_model", _networks);
        _optimizer.Save(checkpoint);
    }

    /// <summary>Takes networks and optimizer from a checkpoint.</summary>
    /// <exception cref="InvalidCheckpointException">The entries are missing or have other shapes.</exception>
    public void Load(Checkpoint checkpoint)
    {
        checkpoint.CopyToModule("world_model", _networks);
        _optimizer.Load(checkpoint);
    }

    public void Dispose() => _optimizer.Dispose();
}
