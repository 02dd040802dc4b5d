using System.Diagnostics;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Replay;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Benchmarks;

/// <summary>Updates on random recordings: as costly as any other, and the same every time.</summary>
internal sealed class SyntheticRun : IDisposable
{
    // The first make the kernels and take the memory that all others use again.
    private const int WarmUp = 4;

    private readonly AgentLearner _learner;
    private readonly ActivityListener _listener;
    private readonly Dictionary<string, double> _phases = [];
    private long _updates;

    public SyntheticRun(BenchmarkConfiguration configuration)
    {
        torch.manual_seed(1);
        var replay = new ReplayBuffer(configuration.Observation, configuration.Actions.Size, configuration.Options.Replay);
        replay.Add(Recording(configuration));
        _learner = new AgentLearner(
            configuration.Options,
            replay,
            new WorldModelNetworks(configuration.Options.Networks, configuration.Observation, configuration.Actions),
            new ActorCriticNetworks(configuration.Options.Networks, configuration.Actions));
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TrainingPhases.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = phase => _phases[phase.OperationName] =
                _phases.GetValueOrDefault(phase.OperationName) + phase.Duration.TotalMilliseconds,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public WorldModelNetworks WorldModel => _learner.WorldModel;

    public ActorCriticNetworks ActorCritic => _learner.ActorCritic;

    /// <summary>Does some updates that do not count, and then those that are asked for, and says how long each took.</summary>
    public IReadOnlyList<UpdateTime> Updates(int count)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            Update();
        }
        var times = new UpdateTime[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = Update();
        }
        return times;
    }

    private UpdateTime Update()
    {
        _phases.Clear();
        var watch = UpdateWatch.Start();
        _learner.Update(_updates++, environmentSteps: 0, new MetricSet());
        return new UpdateTime(watch.Stop(), new(_phases));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _learner.Dispose();
    }

    private static Episode Recording(BenchmarkConfiguration configuration)
    {
        var rows = 4 * configuration.Options.Replay.SequenceLength;
        var random = new SeededRandom(1);
        var (image, actions) = (configuration.Observation.Image!, configuration.Actions.Size);
        var images = new byte[rows * image.Size];
        for (var i = 0; i < images.Length; i++)
        {
            images[i] = random.Next(5) == 0 ? byte.MaxValue : (byte)0;
        }
        var isFirst = new bool[rows];
        isFirst[0] = true;
        return new Episode
        {
            Id = "random",
            ImageShape = image,
            Images = images,
            ActionSize = actions,
            Actions = [.. Enumerable.Range(0, rows).SelectMany(_ => OneHot.Create(random.Next(actions), actions))],
            Rewards = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(2))],
            IsFirst = isFirst,
            IsLast = new bool[rows],
            IsTerminal = new bool[rows],
        };
    }
}

/// <summary>How long an update took, and each of its phases by the clock, in milliseconds.</summary>
internal sealed record UpdateTime(Elapsed Total, Dictionary<string, double> Phases);
