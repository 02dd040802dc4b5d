using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>One live episode of an agent: it holds the recurrent state and acts on one observation after the other.</summary>
/// <remarks>
/// Not thread-safe: one caller at a time. Any number of sessions share an agent's weights and may run in parallel. After the
/// first call nothing is allocated. A call that is refused leaves the state as it was.
/// </remarks>
public sealed partial class AgentSession : IDisposable
{
    private readonly AgentManifest _manifest;
    private readonly AgentSessionOptions _options;
    private readonly SessionBuffers _buffers;
    private readonly RunOptions _run = new();
    private readonly BoundGraph _encoder;
    private readonly BoundGraph[] _observe;
    private readonly BoundGraph[] _policy;
    private readonly BoundGraph[] _heads = [];
    private readonly BoundGraph[] _surprise = [];
    private readonly AgentImagination? _imagination;
    private readonly float[] _probabilities;
    private readonly byte[] _fingerprint;
    private readonly string _selected;
    private readonly string _posterior;
    private readonly int _imageSize;
    private readonly int _vectorSize;
    private AgentOutputs _available;
    private ulong _seed;
    private EpisodeNoise _noise;
    private int _current;
    private int _resets;
    private bool _disposed;

    internal AgentSession(DreamerAgent agent, AgentSessionOptions options)
    {
        (_manifest, _options) = (agent.Manifest, options);
        _posterior = _manifest.Latent.PosteriorTensor;
        (_imageSize, _vectorSize) = (_manifest.Image?.Size ?? 0, _manifest.VectorSize);
        _buffers = new SessionBuffers(_manifest);
        _encoder = _buffers.Bind(agent.OpenGraph(GraphNames.Encoder), _run, latent: 0);
        _observe = Both(agent, GraphNames.RssmObserve);
        _policy = Both(agent, GraphNames.Policy);
        if (options.Outputs.HasFlag(AgentOutputs.Outcome))
        {
            _heads = Both(agent, GraphNames.Heads);
        }
        if (options.Outputs.HasFlag(AgentOutputs.Surprise))
        {
            _surprise = Both(agent, GraphNames.Surprise);
        }

        _imagination = options.Outputs.HasFlag(AgentOutputs.Imagination) ? agent.CreateImagination(options.Seed) : null;
        _fingerprint = SessionState.FingerprintOf(_manifest);
        _seed = options.Seed;
        var probable = options.Outputs.HasFlag(AgentOutputs.ActionProbabilities) && _manifest.Action.IsDiscrete;
        _probabilities = new float[probable ? _manifest.Action.Size : 0];
        _selected = options.ActionSelection == ActionSelection.Sampled ? TensorNames.Action : TensorNames.ActionMode;
        Start(options.EpisodeId ?? "episode-0");
    }

    /// <summary>What the session's samples are drawn with.</summary>
    public ulong Seed => _seed;

    /// <summary>Names the current episode; with the seed it says what every sample is.</summary>
    public string EpisodeId { get; private set; }

    /// <summary>Observations of the current episode so far.</summary>
    public long Step { get; private set; }

    /// <summary>The recurrent state after the last observation: stoch, then deter. A view that the next call changes.</summary>
    public ReadOnlySpan<float> Latent => _buffers.Latent(_current);

    /// <summary>The predicted reward of having arrived at the last observation.</summary>
    /// <exception cref="InvalidOperationException">The session computes no outcome, or has observed nothing yet.</exception>
    public float Reward => Computed(AgentOutputs.Outcome, TensorNames.Reward)[0];

    /// <summary>The predicted factor on what comes after the last observation; 0 where the episode is over.</summary>
    /// <inheritdoc cref="Reward" path="/exception"/>
    public float Discount => Computed(AgentOutputs.Outcome, TensorNames.Discount)[0];

    /// <summary>The critic's value of the state at the last observation.</summary>
    /// <inheritdoc cref="Reward" path="/exception"/>
    public float Value => Computed(AgentOutputs.Outcome, TensorNames.Value)[0];

    /// <summary>How far the last observation moved the state from what the model expected: KL of posterior from prior, in nats.</summary>
    /// <exception cref="InvalidOperationException">The session computes no surprise, or has observed nothing yet.</exception>
    public float Surprise => Computed(AgentOutputs.Surprise, TensorNames.Kl)[0];

    /// <summary>The probabilities of the discrete actions after the last observation. A view that the next call changes.</summary>
    /// <exception cref="InvalidOperationException">The session computes none, actions are continuous, or nothing was observed yet.</exception>
    public ReadOnlySpan<float> ActionProbabilities
    {
        get
        {
            RequireComputed(AgentOutputs.ActionProbabilities);
            return _probabilities.Length > 0 ? _probabilities : throw new InvalidOperationException("Continuous actions have no probabilities.");
        }
    }

    /// <summary>Takes an observation that the last action led to and acts on it.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <returns>The action, 0 to the number of actions less 1.</returns>
    /// <exception cref="ArgumentException">The observation is not of the agent's shape, or a number in it is not finite.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an action that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The agent's actions are continuous.</exception>
    public int Act(AgentObservation observation)
    {
        RequireDiscrete();
        Advance(observation);
        return Selected.IndexOf(1f);
    }

    /// <summary>Takes an observation that the last action led to and acts on it.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <param name="action">Receives the action, one-hot where actions are discrete.</param>
    /// <exception cref="ArgumentException">The observation or <paramref name="action"/> is not of the agent's shape, or a number is not finite.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an action that is not finite.</exception>
    public void Act(AgentObservation observation, Span<float> action)
    {
        RequireSize(action.Length, _manifest.Action.Size, nameof(action));
        Advance(observation);
        Selected.CopyTo(action);
    }

    /// <summary>Takes an observation that an action of somebody else led to: a safety layer, a human, a policy that is shadowed.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <param name="executedAction">The action that was executed in place of the last one proposed; at an episode's first row it counts for nothing.</param>
    /// <returns>The action that the agent proposes now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    /// <inheritdoc cref="Act(AgentObservation)" path="/exception"/>
    public int Observe(AgentObservation observation, int executedAction)
    {
        RequireDiscrete();
        ArgumentOutOfRangeException.ThrowIfNegative(executedAction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(executedAction, _manifest.Action.Size);
        Require(observation);
        var previous = _buffers[TensorNames.PrevAction];
        previous.Clear();
        previous[executedAction] = 1;
        return Act(observation);
    }

    /// <summary>Takes an observation that an action of somebody else led to.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <param name="executedAction">The action that was executed in place of the last one proposed, one-hot where actions are discrete.</param>
    /// <param name="action">Receives the action that the agent proposes now.</param>
    /// <inheritdoc cref="Act(AgentObservation, Span{float})" path="/exception"/>
    public void Observe(AgentObservation observation, ReadOnlySpan<float> executedAction, Span<float> action)
    {
        RequireSize(executedAction.Length, _manifest.Action.Size, nameof(executedAction));
        RequireSize(action.Length, _manifest.Action.Size, nameof(action));
        FiniteNumbers.Require(executedAction, nameof(executedAction));
        Require(observation);
        executedAction.CopyTo(_buffers[TensorNames.PrevAction]);
        Act(observation, action);
    }

    /// <summary>Ends the episode and begins the next.</summary>
    /// <param name="episodeId">Names the next episode; without one, the episodes of a session are <c>episode-0</c>, <c>episode-1</c> and so on.</param>
    public void Reset(string? episodeId = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _resets++;
        Start(episodeId ?? $"episode-{_resets}");
    }

    /// <summary>Frees the session's buffers and gives its graphs back.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        foreach (var graph in (IEnumerable<BoundGraph>)[_encoder, .. _observe, .. _policy, .. _heads, .. _surprise])
        {
            graph.Dispose();
        }
        _imagination?.Dispose();
        _buffers.Dispose();
        _run.Dispose();
    }

    private ReadOnlySpan<float> Selected => _buffers[_selected];

    private BoundGraph[] Both(DreamerAgent agent, string graph) =>
        [_buffers.Bind(agent.OpenGraph(graph), _run, latent: 0), _buffers.Bind(agent.OpenGraph(graph), _run, latent: 1)];

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(EpisodeId))]
    private void Start(string episodeId)
    {
        (EpisodeId, Step, _available) = (episodeId, 0, AgentOutputs.None);
        _noise = new EpisodeNoise(_seed, episodeId);
        _buffers.Latent(_current).Clear();
        _buffers[TensorNames.PrevAction].Clear();
    }

    private void Advance(AgentObservation observation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Require(observation);
        observation.Image.CopyTo(_buffers.Image is { } image ? image.Span : []);
        observation.Vector.CopyTo(_vectorSize > 0 ? _buffers[TensorNames.Vector] : []);
        _buffers[TensorNames.IsFirst][0] = Step == 0 ? 1 : 0;
        Draw(TensorNames.StochNoise, NoiseStream.Posterior, _options.LatentSampling == LatentSampling.Sampled);
        Draw(TensorNames.ActionNoise, NoiseStream.Action, _options.ActionSelection == ActionSelection.Sampled);

        var next = 1 - _current;
        _encoder.Run();
        _observe[next].Run();
        Guard(_buffers.Latent(next), "state");
        // Where logits are no numbers, the state that is drawn from them is still made of zeros and ones.
        Guard(_buffers[_posterior], "posterior");
        if (_surprise.Length > 0)
        {
            _surprise[next].Run();
            Guard(_buffers[TensorNames.Kl], "surprise");
        }
        if (_heads.Length > 0)
        {
            _heads[next].Run();
            Guard(_buffers[TensorNames.Reward], "reward");
            Guard(_buffers[TensorNames.Discount], "discount");
            Guard(_buffers[TensorNames.Value], "value");
        }
        _policy[next].Run();
        Guard(Selected, "action");
        Guard(_manifest.Action.IsDiscrete ? _buffers[TensorNames.Logits] : [], "policy");
        if (_probabilities.Length > 0)
        {
            Softmax.Of(_buffers[TensorNames.Logits], _probabilities);
        }

        Selected.CopyTo(_buffers[TensorNames.PrevAction]);
        _current = next;
        _available = _options.Outputs;
        Step++;
    }

    private void Draw(string noise, NoiseStream stream, bool sampled)
    {
        if (sampled)
        {
            _noise.Fill(_buffers[noise], Step, stream);
        }
        else
        {
            _buffers[noise].Fill(EpisodeNoise.Mode);
        }
    }
}
