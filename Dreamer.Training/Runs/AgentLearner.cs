using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Exploration;
using Dreamer.Training.Networks;
using Dreamer.Training.Optimization;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Runs;

/// <summary>One update of everything that learns: a batch from the replay, the world model, then the actor and critic from its states.</summary>
/// <remarks>The randomness of update n is a function of the run's seed and n. Owns networks and optimizers. Not thread-safe.</remarks>
internal sealed class AgentLearner : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly ReplayBuffer _replay;
    private readonly SequenceBatch _sequences;
    private readonly Device _device;
    private readonly UniformNoise _noise;
    private readonly WorldModelLearner _worldModelLearner;
    private readonly ActorCriticLearner _actorCriticLearner;

    public AgentLearner(DreamerOptions options, ReplayBuffer replay, WorldModelNetworks worldModel, ActorCriticNetworks actorCritic)
    {
        (_options, _replay, WorldModel, ActorCritic) = (options, replay, worldModel, actorCritic);
        _sequences = replay.CreateBatch();
        _device = worldModel.parameters().First().device;
        _noise = new UniformNoise(options.Seed, _device);
        _worldModelLearner = new WorldModelLearner(worldModel, options.WorldModel);
        _actorCriticLearner = new ActorCriticLearner(worldModel, actorCritic, options.Behavior);
        if (options.Exploration.Behavior == ExplorationBehavior.Plan2Explore)
        {
            Explorer = new Plan2Explore(worldModel, options.Behavior, options.Exploration);
        }
    }

    public WorldModelNetworks WorldModel { get; }

    public ActorCriticNetworks ActorCritic { get; }

    /// <summary>The factor of rewards before the critic learns from them.</summary>
    public float RewardScale => _actorCriticLearner.RewardScale;

    /// <summary>The exploring agent, if there is one.</summary>
    public Plan2Explore? Explorer { get; }

    /// <summary>Does one update.</summary>
    /// <param name="number">Its number in the run.</param>
    /// <param name="environmentSteps">Environment steps so far, for the schedules.</param>
    /// <param name="metrics">Receives the metrics.</param>
    /// <exception cref="NonFiniteTensorException">A loss or a gradient is not finite; the message names the parts of the losses.</exception>
    public void Update(long number, long environmentSteps, MetricSet metrics)
    {
        using var scope = NewDisposeScope();
        _noise.Reseed(Seeds.Derive(_options.Seed, "update", number));
        _replay.Sample(_sequences, new SeededRandom(Seeds.Derive(_options.Seed, "replay", number)));
        var batch = new TrainingBatch(_sequences, _options.Discount, _options.WorldModel.RewardTransform, _device);
        try
        {
            var latents = _worldModelLearner.AddGradients(batch, _noise, metrics);
            if (!_options.JointUpdate)
            {
                _worldModelLearner.Step(metrics);
            }
            var (start, discount) = _actorCriticLearner.Starts(latents, batch);
            _actorCriticLearner.Update(start, discount, _noise, metrics, environmentSteps);
            Explorer?.Update(batch, latents, _noise, metrics, environmentSteps);
            if (_options.JointUpdate)
            {
                _worldModelLearner.Step(metrics);
            }
        }
        catch (NonFiniteTensorException e) when (metrics.NonFinite() is { Count: > 0 } names)
        {
            throw new NonFiniteTensorException(e.TensorName, $"not finite in update {number}: {string.Join(", ", names)}", e);
        }
    }

    public void Save(Checkpoint checkpoint)
    {
        _worldModelLearner.Save(checkpoint);
        _actorCriticLearner.Save(checkpoint);
        Explorer?.Save(checkpoint);
    }

    public void Load(Checkpoint checkpoint)
    {
        _worldModelLearner.Load(checkpoint);
        _actorCriticLearner.Load(checkpoint);
        Explorer?.Load(checkpoint);
    }

    public void Dispose()
    {
        Explorer?.Dispose();
        _worldModelLearner.Dispose();
        _actorCriticLearner.Dispose();
        WorldModel.Dispose();
        ActorCritic.Dispose();
    }
}
