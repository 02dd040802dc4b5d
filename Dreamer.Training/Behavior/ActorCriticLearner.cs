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
/// The critic learns the lambda-return of every imagined state; the actor is moved towards what returned more than the target critic
/// expected (REINFORCE), or up the gradient of the returns (dynamics backpropagation). The world model is read and never changed.
/// Owns the target critic and the optimizers, not the networks. Not thread-safe.
/// </remarks>
public sealed class ActorCriticLearner : IDisposable
{
    private readonly WorldModelNetworks _worldModel;
    private readonly ActorCriticNetworks _networks;
    private readonly BehaviorOptions _options;
    private readonly MlpHead _targetCritic;
    private readonly AdamOptimizer _actorOptimizer;
    private readonly AdamOptimizer _criticOptimizer;
    private readonly RewardNorm _rewardNorm;
    private readonly ActorGradient _gradient;
    private readonly Func<ImaginedTrajectories, Tensor>? _reward;
    private long _updates;

    /// <summary>Takes over the training of actor and critic.</summary>
    /// <param name="worldModel">The world model that imagines.</param>
    /// <param name="networks">Actor and critic, on the same device.</param>
    /// <param name="options">How they learn.</param>
    public ActorCriticLearner(WorldModelNetworks worldModel, ActorCriticNetworks networks, BehaviorOptions options)
        : this(worldModel, networks, options, reward: null)
    {
    }

    /// <summary>Takes over the training of actor and critic for another reward than the task's.</summary>
    /// <param name="worldModel">The world model that imagines.</param>
    /// <param name="networks">Actor and critic, on the same device.</param>
    /// <param name="options">How they learn.</param>
    /// <param name="reward">The reward of every imagined state, [(H + 1) * N]; null for the world model's.</param>
    internal ActorCriticLearner(
        WorldModelNetworks worldModel, ActorCriticNetworks networks, BehaviorOptions options, Func<ImaginedTrajectories, Tensor>? reward)
    {
        ArgumentNullException.ThrowIfNull(worldModel);
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(options);
        (_worldModel, _networks, _options, _reward) = (worldModel, networks, options, reward);
        _targetCritic = new MlpHead(worldModel.Options, 1);
        _targetCritic.to(networks.Critic.parameters().First().device);
        _targetCritic.CopyParametersFrom(networks.Critic);
        foreach (var parameter in _targetCritic.parameters())
        {
            parameter.requires_grad = false;
        }
        _rewardNorm = new RewardNorm(options.RewardNorm);
        _gradient = options.GradientFor(worldModel.ActionSpace);
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
    /// <param name="environmentSteps">Environment steps so far, by which schedules go.</param>
    /// <exception cref="NonFiniteTensorException">A loss or a gradient is not finite.</exception>
    public void Update(Tensor start, Tensor startDiscount, UniformNoise noise, MetricSet metrics, long environmentSteps = 0)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(startDiscount);
        ArgumentNullException.ThrowIfNull(metrics);
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(true);
        var imagined = Imagine(start, noise);
        var worth = Evaluate(imagined, startDiscount);
        var (actorLoss, entropy) = ActorLoss(imagined, worth, environmentSteps, metrics);
        metrics.Add(MetricNames.ActorLoss, actorLoss);
        metrics.Add(MetricNames.ActorEntropy, entropy);
        metrics.Add(MetricNames.ActorGradientNorm, _actorOptimizer.Minimize(actorLoss));

        var (criticLoss, predicted) = CriticLoss(imagined, worth);
        metrics.Add(MetricNames.CriticLoss, criticLoss);
        metrics.Add(MetricNames.CriticValue, predicted.mean());
        metrics.Add(MetricNames.CriticGradientNorm, _criticOptimizer.Minimize(criticLoss));
        metrics.Add(MetricNames.TargetValue, worth.Values.mean());
        metrics.Add(MetricNames.LambdaReturn, worth.Returns.mean());
        metrics.Add(MetricNames.ImaginedReward, worth.Rewards.mean());
        metrics.Add(MetricNames.ImaginedDiscount, worth.Discounts.mean());

        if (_updates % _options.TargetInterval == 0)
        {
            _targetCritic.MoveParametersTowards(_networks.Critic, _updates == 0 ? 1 : _options.TargetFraction);
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
        _rewardNorm.Save(checkpoint);
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
        _rewardNorm.Load(checkpoint);
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

    /// <summary>What the policy does from the start states; with gradients where the actor's comes from them.</summary>
    internal ImaginedTrajectories Imagine(Tensor start, UniformNoise noise)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Imagine);
        using var frozen = new FrozenParameters(_worldModel);
        return ImaginedTrajectories.Imagine(_worldModel, _networks.Actor, start.detach(), _options.Horizon, noise, NeedsGradients);
    }

    /// <summary>What imagined trajectories are worth; with gradients where the actor's comes from them.</summary>
    internal ImaginedReturns Evaluate(ImaginedTrajectories imagined, Tensor startDiscount)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Behavior);
        using var gradients = set_grad_enabled(NeedsGradients);
        using var frozen = new FrozenParameters(_worldModel);
        return ImaginedReturns.Of(_worldModel, _targetCritic, imagined, startDiscount, _options.Lambda, _rewardNorm, _reward);
    }

    /// <summary>The actor's loss and entropy.</summary>
    internal (Tensor Loss, Tensor Entropy) ActorLoss(
        ImaginedTrajectories imagined, ImaginedReturns worth, long environmentSteps, MetricSet metrics)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Behavior);
        // Steps 0 to H - 2: the last imagined action leads to a state that has no return of its own.
        var acted = _options.Horizon - 1;
        var actions = _networks.Actor.Actions;
        var policy = Rows(imagined.Policies, acted);
        var picked = Rows(imagined.Actions, acted);
        var returns = worth.Returns.narrow(0, 1, acted).flatten();
        var baselines = worth.Values.narrow(0, 0, acted).flatten();
        var weights = worth.Weights.narrow(0, 0, acted).flatten();
        var entropyScale = _options.EntropyScale.At(environmentSteps);
        metrics.Add(MetricNames.ActorEntropyScale, entropyScale);
        switch (_gradient)
        {
            case ActorGradient.Dynamics:
                return PolicyGradient.Dynamics(actions, policy, returns, weights, entropyScale);
            case ActorGradient.Both:
                var mix = _options.ActorGradientMix.At(environmentSteps);
                metrics.Add(MetricNames.ActorGradientMix, mix);
                return PolicyGradient.Both(actions, policy, picked, returns, baselines, weights, entropyScale, mix);
            default:
                return PolicyGradient.Reinforce(actions, policy, picked, returns, baselines, weights, entropyScale);
        }
    }

    /// <summary>The critic's loss, and what it says of the states.</summary>
    internal (Tensor Loss, Tensor Predicted) CriticLoss(ImaginedTrajectories imagined, ImaginedReturns worth)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Behavior);
        Tensor predicted = _networks.Critic.Forward(Rows(imagined.Latents, _options.Horizon).detach());
        var unlikelihood = Likelihood.Normal(predicted, worth.Returns.detach().reshape(-1, 1));
        return ((worth.Weights.narrow(0, 0, _options.Horizon).flatten() * unlikelihood).mean(), predicted);
    }

    private bool NeedsGradients => _gradient != ActorGradient.Reinforce;

    /// <summary>The first steps of [H, N, ...] as rows.</summary>
    private static Tensor Rows(Tensor steps, int count) => steps.narrow(0, 0, count).flatten(0, 1);
}
