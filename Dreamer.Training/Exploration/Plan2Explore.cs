using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Networks;
using Dreamer.Training.Optimization;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Exploration;

/// <summary>A separate actor and critic whose reward is the disagreement of an ensemble about the next stochastic state.</summary>
/// <remarks>
/// Sekar et al., "Planning to Explore via Self-Supervised World Models" (2020), as in danijar/dreamerv2, expl.py. There, and here, a
/// prediction is made from a state and the action that led to it, not the one that follows. Owns its networks and optimizers; the
/// world model is read and never changed. Not thread-safe.
/// </remarks>
internal sealed class Plan2Explore : IDisposable
{
    private const string MetricPrefix = "expl_";
    private const string Entry = "exploration";

    private readonly WorldModelNetworks _worldModel;
    private readonly ExplorationOptions _options;
    private readonly DisagreementEnsemble _ensemble;
    private readonly ActorCriticNetworks _actorCritic;
    private readonly ActorCriticLearner _learner;
    private readonly AdamOptimizer _optimizer;
    private readonly RewardNorm _intrinsicNorm;
    private readonly RewardNorm _extrinsicNorm;

    /// <summary>Makes the networks with fresh weights, on the world model's device.</summary>
    /// <param name="worldModel">The world model that imagines.</param>
    /// <param name="behavior">How actor and critic learn.</param>
    /// <param name="options">How the ensemble learns.</param>
    public Plan2Explore(WorldModelNetworks worldModel, BehaviorOptions behavior, ExplorationOptions options)
    {
        (_worldModel, _options) = (worldModel, options);
        var device = worldModel.parameters().First().device;
        var sizes = worldModel.Options;
        _ensemble = new DisagreementEnsemble(sizes.LatentSize + worldModel.ActionSpace.Size, sizes.StochSize, options);
        _ensemble.to(device);
        _actorCritic = new ActorCriticNetworks(sizes, worldModel.ActionSpace);
        _actorCritic.to(device);
        _learner = new ActorCriticLearner(worldModel, _actorCritic, behavior, Reward);
        _optimizer = new AdamOptimizer("expl", _ensemble.named_parameters(), options.Optimizer);
        (_intrinsicNorm, _extrinsicNorm) = (new RewardNorm(options.RewardNorm), new RewardNorm(options.RewardNorm));
    }

    /// <summary>The policy that explores.</summary>
    public Actor Actor => _actorCritic.Actor;

    /// <summary>The training pairs of a batch: every row but the last of a sequence, and the stochastic state of the next row.</summary>
    /// <param name="latents">[T * B, latent]: the posterior states.</param>
    /// <param name="actions">[T * B, action]: the action that led to each, as the networks see it.</param>
    /// <param name="size">Sequences (B).</param>
    /// <param name="stochSize">Numbers in a stochastic state.</param>
    /// <returns>[(T - 1) * B, latent + action], and [(T - 1) * B, stoch].</returns>
    public static (Tensor Inputs, Tensor Targets) Pairs(Tensor latents, Tensor actions, int size, int stochSize)
    {
        var rows = latents.shape[0] - size;
        return (cat([latents, actions], 1).narrow(0, 0, rows), latents.narrow(0, size, rows).narrow(1, 0, stochSize));
    }

    /// <summary>The heads' inputs for imagined states: each with the action that led to it, the first with zeros.</summary>
    /// <param name="imagined">Trajectories of H steps from N states.</param>
    /// <returns>[(H + 1) * N, latent + action].</returns>
    public static Tensor Inputs(ImaginedTrajectories imagined)
    {
        var actions = cat([zeros_like(imagined.Actions.narrow(0, 0, 1)), imagined.Actions], 0);
        return cat([imagined.Latents, actions], 2).flatten(0, 1);
    }

    /// <summary>The reward of every imagined state, [(H + 1) * N].</summary>
    public Tensor Reward(ImaginedTrajectories imagined)
    {
        using var frozen = new FrozenParameters(_ensemble);
        var disagreement = _ensemble.Disagreement(Inputs(imagined));
        var reward = _options.IntrinsicScale * _intrinsicNorm.Apply(_options.LogDisagreement ? disagreement.log() : disagreement);
        if (_options.ExtrinsicScale == 0)
        {
            return reward;
        }
        var predicted = _worldModel.Reward.Predict(imagined.Latents.flatten(0, 1)).Flatten();
        return reward + _options.ExtrinsicScale * _extrinsicNorm.Apply(predicted);
    }

    /// <summary>Does one update: the ensemble, then actor and critic.</summary>
    /// <param name="batch">The recorded sequences.</param>
    /// <param name="latents">[T * B, latent]: their posterior states, without gradient.</param>
    /// <param name="noise">The noise that states and actions are sampled with.</param>
    /// <param name="metrics">Receives the metrics; those of actor and critic begin with <c>expl_</c>.</param>
    /// <param name="environmentSteps">Environment steps so far, for schedules.</param>
    /// <exception cref="NonFiniteTensorException">A loss or a gradient is not finite.</exception>
    public void Update(TrainingBatch batch, Tensor latents, UniformNoise noise, MetricSet metrics, long environmentSteps)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(true);
        Tensor actions = _worldModel.ActionScaling.ToNetworks(batch.Action);
        var (inputs, targets) = Pairs(latents.detach(), actions.detach(), batch.Size, _worldModel.Options.StochSize);
        var loss = _ensemble.Loss(inputs, targets);
        metrics.Add(MetricNames.ExplorationLoss, loss);
        metrics.Add(MetricNames.ExplorationGradientNorm, _optimizer.Minimize(loss));

        var found = new MetricSet();
        try
        {
            var (start, discount) = _learner.Starts(latents, batch);
            _learner.Update(start, discount, noise, found, environmentSteps);
        }
        finally
        {
            foreach (var (name, value) in found.Means())
            {
                metrics.Add(MetricPrefix + name, value);
            }
        }
    }

    /// <summary>Adds networks and optimizers to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        var ours = checkpoint.Within(Entry);
        ours.AddModule("ensemble", _ensemble);
        _optimizer.Save(ours);
        _learner.Save(ours);
        _intrinsicNorm.Save(ours.Within("intrinsic"));
        _extrinsicNorm.Save(ours.Within("extrinsic"));
    }

    /// <summary>Takes networks and optimizers from a checkpoint.</summary>
    /// <exception cref="InvalidCheckpointException">The entries are missing or have other shapes.</exception>
    public void Load(Checkpoint checkpoint)
    {
        var ours = checkpoint.Within(Entry);
        ours.CopyToModule("ensemble", _ensemble);
        _optimizer.Load(ours);
        _learner.Load(ours);
        _intrinsicNorm.Load(ours.Within("intrinsic"));
        _extrinsicNorm.Load(ours.Within("extrinsic"));
    }

    public void Dispose()
    {
        _learner.Dispose();
        _optimizer.Dispose();
        _ensemble.Dispose();
        _actorCritic.Dispose();
    }
}
