using Dreamer.Training.Checkpoints;
using Dreamer.Training.Networks;
using Dreamer.Training.Optimization;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>Trains actor and critic on what the world model imagines.</summary>
/// <remarks>
/// The critic learns the lambda-return of every imagined state; the actor is moved by REINFORCE towards what returned more than
/// the target critic expected. The world model is read and never changed. Owns the target critic and the optimizers, not the
/// networks. Not thread-safe.
/// </remarks>
public sealed class ActorCriticLearner : IDisposable
{
    private readonly WorldModelNetworks _worldModel;
    private readonly ActorCriticNetworks _networks;
    private readonly BehaviorOptions _options;
    private readonly MlpHead _targetCritic;
    private readonly AdamOptimizer _actorOptimizer;
    private readonly AdamOptimizer _criticOptimizer;
    private long _updates;

    /// <summary>Takes over the training of actor and critic.</summary>
    /// <param name="worldModel">The world model that imagines.</param>
    /// <param name="networks">Actor and critic, on the same device.</param>
    /// <param name="options">How they learn.</param>
    public ActorCriticLearner(WorldModelNetworks worldModel, ActorCriticNetworks networks, BehaviorOptions options)
    {
        ArgumentNullException.ThrowIfNull(worldModel);
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(options);
        (_worldModel, _networks, _options) = (worldModel, networks, options);
        _targetCritic = new MlpHead(worldModel.Options, 1);
        _targetCritic.to(networks.Critic.parameters().First().device);
        _targetCritic.CopyParametersFrom(networks.Critic);
        _actorOptimizer = new AdamOptimizer("actor", networks.Actor.named_parameters(), options.ActorOptimizer);
        _criticOptimizer = new AdamOptimizer("critic", networks.Critic.named_parameters(), options.CriticOptimizer);
    }

    /// <summary>The copy of the critic that returns and baselines are taken from.</summary>
    public MlpHead TargetCritic => _targetCritic;

    /// <summary>Does one update.</summary>
    /// <param name="start">[N, latent]: the states to imagine from.</param>
    /// <param name="startDiscount">[N, 1]: the recorded discount of each, gamma * (1 - is_terminal), in place of the predicted one.</param>
    /// <param name="noise">What states and actions are sampled with.</param>
    /// <param name="metrics">Receives losses, entropy, values and the gradients' norms.</param>
    /// <exception cref="NonFiniteTensorException">A loss or a gradient is not finite.</exception>
    public void Update(Tensor start, Tensor startDiscount, UniformNoise noise, MetricSet metrics)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(startDiscount);
        ArgumentNullException.ThrowIfNull(metrics);
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(true);
        var (horizon, count) = (_options.Horizon, start.shape[0]);
        var imagined = ImaginedTrajectories.Imagine(_worldModel, _networks.Actor, start.detach(), horizon, noise);
        var (returns, values, weights) = Evaluate(imagined, startDiscount, metrics);

        // Steps 0 to H - 2: the last imagined action leads to a state that has no return of its own.
        var acted = (horizon - 1) * count;
        var logits = _networks.Actor.Forward(Rows(imagined.Latents, horizon - 1));
        var (actorLoss, entropy) = PolicyGradient.Reinforce(
            _networks.Actor.Actions,
            logits,
            Rows(imagined.Actions, horizon - 1),
            returns.narrow(0, 1, horizon - 1).reshape(acted),
            values.narrow(0, 0, horizon - 1).reshape(acted),
            weights.narrow(0, 0, horizon - 1).reshape(acted),
            _options.EntropyScale);
        metrics.Add(MetricNames.ActorLoss, actorLoss);
        metrics.Add(MetricNames.ActorEntropy, entropy);
        metrics.Add(MetricNames.ActorGradientNorm, _actorOptimizer.Minimize(actorLoss));

        Tensor predicted = _networks.Critic.Forward(Rows(imagined.Latents, horizon));
        var criticLoss = (weights.narrow(0, 0, horizon).reshape(-1) * Likelihood.Normal(predicted, returns.reshape(-1, 1))).mean();
        metrics.Add(MetricNames.CriticLoss, criticLoss);
        metrics.Add(MetricNames.CriticValue, predicted.mean());
        metrics.Add(MetricNames.CriticGradientNorm, _criticOptimizer.Minimize(criticLoss));

        if (_updates % _options.TargetInterval == 0)
        {
            _targetCritic.CopyParametersFrom(_networks.Critic);
        }
        _updates++;
    }

    /// <summary>Adds networks, target critic and optimizers to a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint to add to.</param>
    public void Save(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        checkpoint.AddModule("actor_critic", _networks);
        checkpoint.AddModule("target_critic", _targetCritic);
        checkpoint.Add("actor_critic_updates", _updates);
        _actorOptimizer.Save(checkpoint);
        _criticOptimizer.Save(checkpoint);
    }

    /// <summary>Takes networks, target critic and optimizers from a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint to read.</param>
    /// <exception cref="InvalidCheckpointException">It holds none, or of other shapes.</exception>
    public void Load(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        checkpoint.CopyToModule("actor_critic", _networks);
        checkpoint.CopyToModule("target_critic", _targetCritic);
        _updates = checkpoint.GetInt64("actor_critic_updates");
        _actorOptimizer.Load(checkpoint);
        _criticOptimizer.Load(checkpoint);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _actorOptimizer.Dispose();
        _criticOptimizer.Dispose();
        _targetCritic.Dispose();
    }

    /// <summary>Returns [H, N], target values [H + 1, N] and weights [H + 1, N] of imagined trajectories.</summary>
    private (Tensor Returns, Tensor Values, Tensor Weights) Evaluate(ImaginedTrajectories imagined, Tensor startDiscount, MetricSet metrics)
    {
        using var noGradient = no_grad();
        var (horizon, count) = (_options.Horizon, startDiscount.shape[0]);
        var before = Rows(imagined.Latents, horizon);
        Tensor rewards = _worldModel.Reward.Forward(before);
        rewards = rewards.view(horizon, count);
        Tensor predicted = _worldModel.PredictDiscount(before);
        var discounts = cat([startDiscount.view(1, count), predicted.view(horizon, count).narrow(0, 1, horizon - 1)], 0);
        Tensor values = _targetCritic.Forward(Rows(imagined.Latents, horizon + 1));
        values = values.view(horizon + 1, count);
        var returns = Returns.Lambda(rewards, values, discounts, _options.Lambda);
        metrics.Add(MetricNames.TargetValue, values.mean());
        metrics.Add(MetricNames.LambdaReturn, returns.mean());
        metrics.Add(MetricNames.ImaginedReward, rewards.mean());
        metrics.Add(MetricNames.ImaginedDiscount, discounts.mean());
        return (returns, values, Returns.Weights(discounts));
    }

    /// <summary>The first steps of [H, N, ...] as rows.</summary>
    private static Tensor Rows(Tensor steps, int count) => steps.narrow(0, 0, count).flatten(0, 1);
}
