using Dreamer.Training.Checkpoints;
using Dreamer.Training.Kernels;
using Dreamer.Training.Networks;
using Dreamer.Training.Optimization;
using Dreamer.Training.Randomness;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>Trains the actor and the critic on what the world model imagines.</summary>
/// <remarks>
/// The critic learns the lambda-return of every imagined state; the actor is moved towards what returned more than the target critic
/// expected (REINFORCE), or up the gradient of the returns (dynamics backpropagation). The world model is read and never changed.
/// <see cref="BehaviorOptions"/> documents how DreamerV1 and DreamerV3 differ.
/// Owns the target critic and the optimizers, not the networks. Not thread-safe.
/// </remarks>
internal sealed class ActorCriticLearner : IDisposable
{
    private readonly WorldModelNetworks _worldModel;
    private readonly ActorCriticNetworks _networks;
    private readonly BehaviorOptions _options;
    private readonly ScalarHead? _targetCritic;
    private readonly ReturnScale? _returnScale;
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
        (_worldModel, _networks, _options, _reward) = (worldModel, networks, options, reward);
        _targetCritic = options.TargetCritic == TargetCriticUse.None ? null : CopyOf(networks.Critic, worldModel.Options);
        _returnScale = options.ReturnScale is { } scale ? new ReturnScale(scale) : null;
        _rewardNorm = new RewardNorm(options.RewardNorm);
        _gradient = options.GradientFor(worldModel.ActionSpace);
        _actorOptimizer = new AdamOptimizer("actor", networks.Actor.named_parameters(), options.ActorOptimizer);
        _criticOptimizer = new AdamOptimizer("critic", networks.Critic.named_parameters(), options.CriticOptimizer);
    }

    /// <summary>The slow copy of the critic; null if there is none.</summary>
    public ScalarHead? TargetCritic => _targetCritic;

    /// <summary>The factor of rewards before the critic learns from them.</summary>
    internal float RewardScale => _rewardNorm.Factor;

    /// <summary>Does one update.</summary>
    /// <param name="start">[N, latent]: the states to imagine from.</param>
    /// <param name="startDiscount">[N, 1]: the recorded discount of each, gamma * (1 - is_terminal), which replaces the predicted one.</param>
    /// <param name="noise">The noise that states and actions are sampled with.</param>
    /// <param name="metrics">Receives losses, entropy, values and the gradients' norms.</param>
    /// <param name="environmentSteps">Environment steps so far, for schedules.</param>
    /// <exception cref="NonFiniteTensorException">A loss or a gradient is not finite.</exception>
    public void Update(Tensor start, Tensor startDiscount, UniformNoise noise, MetricSet metrics, long environmentSteps = 0)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(true);
        using var precision = DenseProduct.Round(_options.HalfPrecision);
        var imagined = Imagine(start, noise);
        var worth = Evaluate(imagined, startDiscount);
        var (actorLoss, entropy) = ActorLoss(worth, environmentSteps, metrics);
        metrics.Add(MetricNames.ActorLoss, actorLoss);
        metrics.Add(MetricNames.ActorEntropy, entropy);
        metrics.Add(MetricNames.ActorGradientNorm, _actorOptimizer.Minimize(actorLoss));

        var (criticLoss, predicted) = CriticLoss(worth);
        metrics.Add(MetricNames.CriticLoss, criticLoss);
        metrics.Add(MetricNames.CriticValue, predicted);
        metrics.Add(MetricNames.CriticGradientNorm, _criticOptimizer.Minimize(criticLoss));
        metrics.Add(MetricNames.TargetValue, worth.Values.mean());
        metrics.Add(MetricNames.LambdaReturn, worth.Returns.mean());
        metrics.Add(MetricNames.ImaginedReward, worth.Rewards.mean());
        metrics.Add(MetricNames.ImaginedDiscount, worth.Discounts.mean());

        if (_updates % _options.TargetInterval == 0)
        {
            _targetCritic?.MoveParametersTowards(_networks.Critic, _updates == 0 ? 1 : _options.TargetFraction);
        }
        _updates++;
    }

    /// <summary>Adds networks, target critic and optimizers to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.AddModule("actor_critic", _networks);
        if (_targetCritic is not null)
        {
            checkpoint.AddModule("target_critic", _targetCritic);
        }
        _returnScale?.Save(checkpoint);
        checkpoint.Add("actor_critic_updates", _updates);
        _rewardNorm.Save(checkpoint);
        _actorOptimizer.Save(checkpoint);
        _criticOptimizer.Save(checkpoint);
    }

    /// <summary>Takes networks, target critic and optimizers from a checkpoint.</summary>
    /// <exception cref="InvalidCheckpointException">The entries are missing or have other shapes.</exception>
    public void Load(Checkpoint checkpoint)
    {
        checkpoint.CopyToModule("actor_critic", _networks);
        if (_targetCritic is not null)
        {
            checkpoint.CopyToModule("target_critic", _targetCritic);
        }
        _returnScale?.Load(checkpoint);
        _updates = checkpoint.GetInt64("actor_critic_updates");
        _rewardNorm.Load(checkpoint);
        _actorOptimizer.Load(checkpoint);
        _criticOptimizer.Load(checkpoint);
    }

    public void Dispose()
    {
        _actorOptimizer.Dispose();
        _criticOptimizer.Dispose();
        _targetCritic?.Dispose();
    }

    /// <summary>Imagines what the policy does from the start states; with gradients if the actor learns from them.</summary>
    internal ImaginedTrajectories Imagine(Tensor start, UniformNoise noise)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Imagine);
        using var frozen = new FrozenParameters(_worldModel);
        return ImaginedTrajectories.Imagine(_worldModel, _networks.Actor, start.detach(), _options.Horizon, noise, NeedsGradients);
    }

    /// <summary>Evaluates imagined trajectories; with gradients if the actor learns from them.</summary>
    internal ImaginedReturns Evaluate(ImaginedTrajectories imagined, Tensor startDiscount)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Behavior);
        using var gradients = set_grad_enabled(NeedsGradients);
        using var frozen = new FrozenParameters(_worldModel, _networks.Critic);
        return ImaginedReturns.Compute(_worldModel, ValueCritic, imagined, startDiscount, _options, _rewardNorm, _reward);
    }

    /// <summary>The actor's loss and entropy.</summary>
    internal (Traced Loss, Traced Entropy) ActorLoss(ImaginedReturns worth, long environmentSteps, MetricSet metrics)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Behavior);
        _returnScale?.Add(worth.Returns);
        var rows = worth.ForActor();
        if (_returnScale is { Value: var scale })
        {
            rows = rows with { Returns = rows.Returns * (1 / scale), Baselines = rows.Baselines * (1 / scale) };
        }
        var actions = _networks.Actor.Actions;
        var entropyScale = _options.EntropyScale.At(environmentSteps);
        metrics.Add(MetricNames.ActorEntropyScale, entropyScale);
        switch (_gradient)
        {
            case ActorGradient.Dynamics:
                // The baseline has no part in what is climbed, except in DreamerV3.
                return PolicyGradient.Loss(
                    actions, rows, _options.ValueIncludesReward ? rows.Returns : rows.Returns - rows.Baselines, entropyScale);
            case ActorGradient.Both:
                var mix = _options.ActorGradientMix.At(environmentSteps);
                metrics.Add(MetricNames.ActorGradientMix, mix);
                return PolicyGradient.Loss(actions, rows, PolicyGradient.Mixed(actions, rows, mix), entropyScale);
            default:
                return PolicyGradient.Loss(actions, rows, PolicyGradient.Reinforce(actions, rows), entropyScale);
        }
    }

    /// <summary>The critic's loss, and the mean of its values.</summary>
    internal (Traced Loss, Traced Value) CriticLoss(ImaginedReturns worth)
    {
        using var phase = TrainingPhases.Begin(TrainingPhases.Behavior);
        var (critic, rows) = (_networks.Critic, worth.ForCritic());
        var outputs = critic.Forward(rows.Latents);
        var loss = critic.NegativeLogLikelihood(outputs, rows.Returns);
        if (_options.TargetCritic == TargetCriticUse.Regularizer)
        {
            loss += critic.NegativeLogLikelihood(outputs, _targetCritic!.Predict(rows.Latents));
        }
        return ((rows.Weights * loss).Mean(), critic.Read(outputs.Detach()).Mean());
    }

    /// <summary>The posterior states of a batch that imagination starts from, and the recorded discount of each.</summary>
    internal (Tensor Start, Tensor Discount) Starts(Tensor latents, TrainingBatch batch)
    {
        if (_options.LearnFromStart || _worldModel.Discount is null)
        {
            return (latents, batch.Discount);
        }
        // Only a start has a recorded discount, and starts are not learned from: terminal states are the last of their sequences.
        var rows = (batch.Length - 1L) * batch.Size;
        return (latents.narrow(0, 0, rows), batch.Discount.narrow(0, 0, rows));
    }

    private bool NeedsGradients => _gradient != ActorGradient.Reinforce;

    private ScalarHead ValueCritic => _options.TargetCritic == TargetCriticUse.Values ? _targetCritic! : _networks.Critic;

    private static ScalarHead CopyOf(ScalarHead critic, NetworkOptions options)
    {
        var copy = ActorCriticNetworks.NewCritic(options);
        copy.to(critic.parameters().First().device);
        copy.CopyParametersFrom(critic);
        foreach (var parameter in copy.parameters())
        {
            parameter.requires_grad = false;
        }
        return copy;
    }
}
