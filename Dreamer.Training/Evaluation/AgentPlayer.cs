using System.Diagnostics;
using Dreamer.Inference;
using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Evaluation;

/// <summary>Lets an exported agent play in an environment: for evaluation, for recordings, for a look at it.</summary>
/// <remarks>Needs ONNX Runtime alone; torch is never loaded. Not thread-safe. The agent and the environment stay the caller's.</remarks>
public sealed class AgentPlayer : IDisposable
{
    /// <summary>The name under which episodes note the critic's value of each row.</summary>
    public const string ValueLog = "value";

    /// <summary>The name under which episodes note the surprise of each row.</summary>
    public const string SurpriseLog = "surprise";

    private readonly IEnvironment _environment;
    private readonly AgentPlayerOptions _options;
    private readonly AgentSession _session;
    private readonly EpisodeRecorder _recorder;
    private readonly List<long> _actTicks = [];
    private long _allocatedBytes;
    private int _played;

    /// <summary>Prepares an agent to play.</summary>
    /// <param name="agent">Who plays.</param>
    /// <param name="environment">Where.</param>
    /// <param name="options">How.</param>
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

    /// <summary>What the calls of <see cref="AgentSession.Act(AgentObservation, Span{float})"/> took so far, those of the first episode left out.</summary>
    public ActCost Cost => ActCost.Of(_actTicks, _allocatedBytes);

    /// <summary>Called after every row: what was seen and the session that has just acted on it.</summary>
    public Action<EnvironmentStep, AgentSession>? RowPlayed { get; set; }

    /// <summary>Plays one episode to its end.</summary>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The episode, with the session's value and surprise noted of each row where they are computed.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Episode PlayEpisode(CancellationToken cancellationToken = default)
    {
        var id = $"{_options.EpisodePrefix}{_options.Seed}-{_played:D6}";
        _session.Reset(id);
        _recorder.Clear();
        var action = new float[_environment.ActionSpace.Size];
        var step = _environment.Reset();
        _recorder.First(Observation(step));
        while (true)
        {
            Act(Observation(step), action);
            Note(AgentOutputs.Outcome, ValueLog, () => _session.Value);
            Note(AgentOutputs.Surprise, SurpriseLog, () => _session.Surprise);
            RowPlayed?.Invoke(step, _session);
            if (step.IsLast)
            {
                _played++;
                return _recorder.Finish(id);
            }

            cancellationToken.ThrowIfCancellationRequested();
            step = _environment.Step(action);
            _recorder.Add(Observation(step), action, step.Reward, step.IsLast, step.IsTerminal);
        }
    }

    /// <summary>Plays episodes and gathers their returns.</summary>
    /// <param name="episodes">How many, at least one.</param>
    /// <param name="played">Called with each episode, to keep it say.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public AgentScore Evaluate(int episodes, Action<Episode>? played = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var returns = new double[episodes];
        for (var i = 0; i < episodes; i++)
        {
            var episode = PlayEpisode(cancellationToken);
            returns[i] = episode.Return;
            played?.Invoke(episode);
        }
        return new AgentScore(returns);
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
