using System.Diagnostics;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Evaluation;

/// <summary>Plays an exported agent in an environment: to evaluate, to record, or to watch it.</summary>
/// <remarks>Needs only ONNX Runtime; torch is not loaded. Not thread-safe. Owns neither the agent nor the environment.</remarks>
public sealed class AgentPlayer : IDisposable
{
    /// <summary>The name of the log of the critic's value of each row in episodes.</summary>
    public const string ValueLog = "value";

    /// <summary>The name of the log of the surprise of each row in episodes.</summary>
    public const string SurpriseLog = "surprise";

    private readonly IEnvironment _environment;
    private readonly AgentPlayerOptions _options;
    private readonly AgentSession _session;
    private readonly EpisodeRecorder _recorder;
    private readonly List<long> _actTicks = [];
    private long _allocatedBytes;
    private int _played;

    /// <summary>Prepares an agent to play.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="options">How it plays.</param>
    /// <exception cref="ArgumentException">The agent does not fit the environment; the message names what differs.</exception>
    public AgentPlayer(DreamerAgent agent, IEnvironment environment, AgentPlayerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(environment);
        AgentFit.Require(agent.Manifest, environment);
        (_environment, _options) = (environment, options ?? new AgentPlayerOptions());
        _session = agent.CreateSession(new AgentSessionOptions
        {
            Seed = _options.Seed,
            ActionSelection = _options.ActionSelection,
            Outputs = _options.Outputs,
        });
        _recorder = new EpisodeRecorder(agent.Manifest.Image, agent.Manifest.VectorSize, agent.Manifest.Action.Size);
    }

    /// <summary>The cost of <see cref="AgentSession.Act(AgentObservation, Span{float})"/> so far, without the first episode.</summary>
    public ActCost Cost => ActCost.FromTicks(_actTicks, _allocatedBytes);

    /// <summary>Called after every row with the row and the session that acted on it.</summary>
    public Action<EnvironmentStep, AgentSession>? RowPlayed { get; set; }

    /// <summary>Plays one episode to its end.</summary>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    /// <returns>The episode, with the value and surprise of each row if they are computed; cut after <see cref="AgentPlayerOptions.MaxSteps"/>.</returns>
    /// <exception cref="EnvironmentFailedException">The environment threw; the message names the episode and the row.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Episode PlayEpisode(CancellationToken cancellationToken = default)
    {
        var id = $"{_options.EpisodePrefix}{_options.Seed}-{_played:D6}";
        _session.Reset(id);
        _recorder.Clear();
        var action = new float[_environment.ActionSpace.Size];
        var step = EnvironmentCalls.Reset(_environment, id);
        _recorder.First(Observation(step));
        while (true)
        {
            Act(Observation(step), action);
            Note(AgentOutputs.Outcome, ValueLog, () => _session.Value);
            Note(AgentOutputs.Surprise, SurpriseLog, () => _session.Surprise);
            RowPlayed?.Invoke(step, _session);
            if (step.IsLast || _recorder.RowCount > _options.MaxSteps)
            {
                _played++;
                return _recorder.Finish(id);
            }

            cancellationToken.ThrowIfCancellationRequested();
            step = EnvironmentCalls.Step(_environment, action, id, _recorder.RowCount);
            _recorder.Add(Observation(step), action, step.Reward, step.IsLast, step.IsTerminal);
        }
    }

    /// <summary>Plays episodes and returns the statistics of their returns.</summary>
    /// <param name="episodes">The number of episodes, at least 1.</param>
    /// <param name="played">Called with each episode, for example to save it.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ReturnStatistics Evaluate(int episodes, Action<Episode>? played = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var returns = new double[episodes];
        for (var i = 0; i < episodes; i++)
        {
            var episode = PlayEpisode(cancellationToken);
            returns[i] = episode.Return;
            played?.Invoke(episode);
        }
        return ReturnStatistics.FromReturns(returns);
    }

    /// <summary>Ends the session.</summary>
    public void Dispose() => _session.Dispose();

    private static AgentObservation Observation(EnvironmentStep step) => new(step.Image, step.Vector);

    private void Act(AgentObservation observation, float[] action)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        _session.Act(observation, action);
        var ticks = Stopwatch.GetTimestamp() - start;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        if (_played > 0)
        {
            _actTicks.Add(ticks);
            _allocatedBytes += bytes;
        }
    }

    private void Note(AgentOutputs output, string name, Func<float> value)
    {
        if (_options.Outputs.HasFlag(output))
        {
            _recorder.Log(name, value());
        }
    }
}
