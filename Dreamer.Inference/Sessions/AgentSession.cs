using Dreamer.Inference.Stepping;

namespace Dreamer.Inference;

/// <summary>One live episode of an agent: it holds the recurrent state and acts on one observation after another.</summary>
/// <remarks>
/// Not thread-safe: one caller at a time; a second is refused. Sessions share their agent's weights, and any number may run in parallel. After the first
/// call nothing is allocated. A call that throws changes nothing. A session that is disposed during a call is freed when the call ends.
/// </remarks>
public sealed partial class AgentSession : IDisposable
{
    private readonly AgentManifest _manifest;
    private readonly AgentSessionOptions _options;
    private readonly StepGraphs _graphs;
    private readonly LiveEpisode _episode;
    private readonly AgentImagination? _imagination;
    private readonly byte[] _fingerprint;
    private readonly ExclusiveUse _use;

    internal AgentSession(DreamerAgent agent, AgentSessionOptions options)
    {
        (_manifest, _options) = (agent.Manifest, options);
        _graphs = new StepGraphs(_manifest, agent.OpenGraph, options.Outputs, capacity: 1);
        _episode = new LiveEpisode(_manifest, options.ActionSelection, options.LatentSampling, options.Seed, options.EpisodeId ?? IdAfter(0));
        _imagination = options.Outputs.HasFlag(AgentOutputs.Imagination) ? agent.CreateImagination(options.Seed) : null;
        _fingerprint = SavedEpisode.FingerprintOf(_manifest);
        _use = new ExclusiveUse(this, Free);
    }

    /// <summary>The seed of the session's samples.</summary>
    public ulong Seed => _episode.Seed;

    /// <summary>Names the current episode; with the seed it determines every sample.</summary>
    public string EpisodeId => _episode.EpisodeId;

    /// <summary>The number of observations in the current episode so far.</summary>
    public long Step => _episode.Step;

    /// <summary>The recurrent state after the last observation: stoch, then deter. A view that the next call changes.</summary>
    public ReadOnlySpan<float> Latent => _episode.Latent;

    /// <summary>The predicted reward for arriving at the last observation.</summary>
    /// <exception cref="InvalidOperationException">The session computes no outcome, or has not observed anything yet.</exception>
    public float Reward => Computed(AgentOutputs.Outcome).Reward;

    /// <summary>The predicted discount factor on what follows the last observation; 0 if the episode ended there.</summary>
    /// <inheritdoc cref="Reward" path="/exception"/>
    public float Discount => Computed(AgentOutputs.Outcome).Discount;

    /// <summary>The critic's value of the state at the last observation.</summary>
    /// <inheritdoc cref="Reward" path="/exception"/>
    public float Value => Computed(AgentOutputs.Outcome).Value;

    /// <summary>How far the last observation moved the state from what the model expected: KL of posterior from prior, in nats.</summary>
    /// <exception cref="InvalidOperationException">The session computes no surprise, or has not observed anything yet.</exception>
    public float Surprise => Computed(AgentOutputs.Surprise).Surprise;

    /// <summary>The probabilities of the discrete actions after the last observation. A view that the next call changes.</summary>
    /// <exception cref="InvalidOperationException">
    /// The session computes no probabilities, actions are continuous, or the session has not observed anything yet.
    /// </exception>
    public ReadOnlySpan<float> ActionProbabilities => Computed(AgentOutputs.ActionProbabilities).ActionProbabilities is { IsEmpty: false } probabilities
        ? probabilities : throw new InvalidOperationException("Continuous actions have no probabilities.");

    /// <summary>Takes the observation that the last action led to, and acts on it.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <returns>The action, from 0 to the number of actions minus 1.</returns>
    /// <exception cref="ArgumentException">The observation does not have the agent's shape, or a number in it is not finite.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an answer that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The agent's actions are continuous, or another thread is using the session.</exception>
    public int Act(AgentObservation observation)
    {
        using var use = _use.Begin();
        _manifest.RequireDiscrete();
        _manifest.RequireObservation(observation.Image, observation.Vector);
        _episode.Write(_graphs, row: 0, observation);
        Advance();
        return _episode.ActionIndex;
    }

    /// <summary>Takes the observation that the last action led to, and acts on it.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <param name="action">Receives the action, one-hot if actions are discrete.</param>
    /// <exception cref="ArgumentException">
    /// The observation or <paramref name="action"/> does not have the agent's shape, or a number is not finite.
    /// </exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an answer that is not finite.</exception>
    public void Act(AgentObservation observation, Span<float> action)
    {
        using var use = _use.Begin();
        Advance(observation, _episode.Action, action);
    }

    /// <summary>Takes an observation that someone else's action led to: a safety layer, a human, or the policy that this one shadows.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <param name="executedAction">The action that was executed instead of the last proposed one; ignored at an episode's first row.</param>
    /// <returns>The action that the agent proposes now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The action is unknown.</exception>
    /// <inheritdoc cref="Act(AgentObservation)" path="/exception"/>
    public int Observe(AgentObservation observation, int executedAction)
    {
        using var use = _use.Begin();
        _manifest.RequireChoice(executedAction, nameof(executedAction));
        _manifest.RequireObservation(observation.Image, observation.Vector);
        _episode.Write(_graphs, row: 0, observation, executedAction);
        Advance();
        return _episode.ActionIndex;
    }

    /// <summary>Takes an observation that someone else's action led to.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <param name="executedAction">The action that was executed instead of the last proposed one, one-hot if actions are discrete.</param>
    /// <param name="action">Receives the action that the agent proposes now.</param>
    /// <inheritdoc cref="Act(AgentObservation, Span{float})" path="/exception"/>
    public void Observe(AgentObservation observation, ReadOnlySpan<float> executedAction, Span<float> action)
    {
        using var use = _use.Begin();
        Advance(observation, executedAction, action);
    }

    /// <summary>Ends the episode and begins the next.</summary>
    /// <param name="episodeId">Names the next episode; by default <c>episode-1</c>, <c>episode-2</c> and so on.</param>
    public void Reset(string? episodeId = null)
    {
        using var use = _use.Begin();
        _episode.Reset(resets => episodeId ?? IdAfter(resets));
    }

    /// <summary>Frees the session's buffers and releases its graphs.</summary>
    public void Dispose() => _use.Dispose();

    private static string IdAfter(int resets) => $"episode-{resets}";

    private void Free()
    {
        _graphs.Dispose();
        _imagination?.Dispose();
    }

    private void Advance(AgentObservation observation, ReadOnlySpan<float> executedAction, Span<float> action)
    {
        _manifest.RequireActions(executedAction, nameof(executedAction));
        _manifest.RequireSize(action.Length, _manifest.Action.Size, nameof(action));
        _manifest.RequireObservation(observation.Image, observation.Vector);
        _episode.Write(_graphs, row: 0, observation, executedAction);
        Advance();
        _episode.Action.CopyTo(action);
    }

    private void Advance()
    {
        _graphs.Run(rows: 1);
        _episode.Guard(_graphs, row: 0);
        _episode.Commit(_graphs, row: 0);
    }

    private LiveEpisode Computed(AgentOutputs output)
    {
        if (!_options.Outputs.HasFlag(output))
        {
            throw NotComputed(output);
        }
        return _episode.Available.HasFlag(output) ? _episode : throw new InvalidOperationException(Step == 0
            ? $"Episode '{EpisodeId}' has not observed anything yet."
            : $"The loaded state has no {output}; the next observation computes it.");
    }

    private InvalidOperationException NotComputed(AgentOutputs output) =>
        new($"The session was created with {nameof(AgentSessionOptions.Outputs)} = {_options.Outputs}; create it with {output}.");
}
