namespace Dreamer.Inference;

/// <summary>Several live episodes of an agent in lockstep: all observe and act at once.</summary>
/// <remarks>
/// What an episode gets is what an <see cref="AgentSession"/> of its own with the same seed and episode id gets, to the last bit.
/// Not thread-safe: one caller at a time. A call that is refused leaves all episodes as they were.
/// </remarks>
public sealed class AgentBatch : IDisposable
{
    private readonly AgentManifest _manifest;
    private readonly AgentBatchOptions _options;
    private readonly BatchedStep _step;
    private readonly float[] _latents;
    private readonly float[] _actions;
    private readonly float[] _probabilities;
    private readonly EpisodeNoise[] _noises;
    private readonly string[] _ids;
    private readonly long[] _steps;
    private readonly int[] _resets;
    private readonly string _selected;
    private bool _disposed;

    internal AgentBatch(DreamerAgent agent, AgentBatchOptions options)
    {
        (_manifest, _options, Size) = (agent.Manifest, options, options.Size);
        _step = new BatchedStep(agent, options.Outputs, Size);
        _latents = new float[Size * _manifest.Latent.Size];
        _actions = new float[Size * _manifest.Action.Size];
        _probabilities = new float[options.Outputs.HasFlag(AgentOutputs.ActionProbabilities) && _manifest.Action.IsDiscrete ? _actions.Length : 0];
        (_noises, _ids, _steps, _resets) = (new EpisodeNoise[Size], new string[Size], new long[Size], new int[Size]);
        _selected = options.ActionSelection == ActionSelection.Sampled ? TensorNames.Action : TensorNames.ActionMode;
        for (var i = 0; i < Size; i++)
        {
            Start(i, options.EpisodeIds?[i] ?? $"batch-{i}-episode-0");
        }
    }

    /// <summary>How many episodes.</summary>
    public int Size { get; }

    /// <summary>The predicted rewards of having arrived at the last observations, [size]. A view that the next call changes.</summary>
    /// <exception cref="InvalidOperationException">The batch computes no outcome.</exception>
    public ReadOnlySpan<float> Rewards => Computed(AgentOutputs.Outcome, TensorNames.Reward);

    /// <summary>The predicted factors on what comes after the last observations, [size]. A view that the next call changes.</summary>
    /// <inheritdoc cref="Rewards" path="/exception"/>
    public ReadOnlySpan<float> Discounts => Computed(AgentOutputs.Outcome, TensorNames.Discount);

    /// <summary>The critic's values of the states at the last observations, [size]. A view that the next call changes.</summary>
    /// <inheritdoc cref="Rewards" path="/exception"/>
    public ReadOnlySpan<float> Values => Computed(AgentOutputs.Outcome, TensorNames.Value);

    /// <summary>How far the last observations moved the states from what was expected, in nats, [size]. A view that the next call changes.</summary>
    /// <exception cref="InvalidOperationException">The batch computes no surprise.</exception>
    public ReadOnlySpan<float> Surprises => Computed(AgentOutputs.Surprise, TensorNames.Kl);

    /// <summary>Names an episode that is going on.</summary>
    /// <param name="index">Which of them.</param>
    public string EpisodeId(int index) => _ids[index];

    /// <summary>Observations of an episode so far.</summary>
    /// <param name="index">Which of them.</param>
    public long Step(int index) => _steps[index];

    /// <summary>The recurrent state of an episode: stoch, then deter. A view that the next call changes.</summary>
    /// <param name="index">Which of them.</param>
    public ReadOnlySpan<float> Latent(int index) => Part(_latents, index);

    /// <summary>The probabilities of the discrete actions of an episode. A view that the next call changes.</summary>
    /// <param name="index">Which of them.</param>
    /// <exception cref="InvalidOperationException">The batch computes none, or actions are continuous.</exception>
    public ReadOnlySpan<float> ActionProbabilities(int index) =>
        _probabilities.Length > 0 ? Part(_probabilities, index) : throw NotAskedFor(AgentOutputs.ActionProbabilities);

    /// <summary>Takes an observation of every episode and acts on it.</summary>
    /// <param name="images">[size, H, W, C]; empty where the agent observes none.</param>
    /// <param name="vectors">[size, N]; empty where the agent observes none.</param>
    /// <param name="actions">[size]: receives the actions, 0 to the number of actions less 1.</param>
    /// <exception cref="ArgumentException">Something is not of the agent's shape, or a number is not finite.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an action that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The agent's actions are continuous.</exception>
    public void Act(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, Span<int> actions)
    {
        if (!_manifest.Action.IsDiscrete)
        {
            throw new InvalidOperationException($"The actions of agent '{_manifest.Name}' are continuous: call the overload that fills numbers.");
        }
        RequireSize(actions.Length, Size, nameof(actions));
        Advance(images, vectors, _actions);
        for (var i = 0; i < Size; i++)
        {
            actions[i] = Part(_actions, i).IndexOf(1f);
        }
    }

    /// <summary>Takes an observation of every episode and acts on it.</summary>
    /// <param name="images">[size, H, W, C]; empty where the agent observes none.</param>
    /// <param name="vectors">[size, N]; empty where the agent observes none.</param>
    /// <param name="actions">[size, A]: receives the actions, one-hot where they are discrete.</param>
    /// <exception cref="ArgumentException">Something is not of the agent's shape, or a number is not finite.</exception>
    /// <exception cref="NonFiniteOutputException">The agent computed a state or an action that is not finite.</exception>
    public void Act(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, Span<float> actions)
    {
        RequireSize(actions.Length, _actions.Length, nameof(actions));
        Advance(images, vectors, _actions);
        _actions.CopyTo(actions);
    }

    /// <summary>Takes an observation of every episode that actions of somebody else led to, and acts on it.</summary>
    /// <param name="images">[size, H, W, C]; empty where the agent observes none.</param>
    /// <param name="vectors">[size, N]; empty where the agent observes none.</param>
    /// <param name="executedActions">[size, A]: what was done in place of what was proposed; at an episode's first row it counts for nothing.</param>
    /// <param name="actions">[size, A]: receives the actions that are proposed now.</param>
    /// <inheritdoc cref="Act(ReadOnlySpan{byte}, ReadOnlySpan{float}, Span{float})" path="/exception"/>
    public void Observe(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, ReadOnlySpan<float> executedActions, Span<float> actions)
    {
        RequireSize(executedActions.Length, _actions.Length, nameof(executedActions));
        RequireSize(actions.Length, _actions.Length, nameof(actions));
        FiniteNumbers.Require(executedActions, nameof(executedActions));
        Advance(images, vectors, executedActions);
        _actions.CopyTo(actions);
    }

    /// <summary>Ends one episode and begins the next in its place.</summary>
    /// <param name="index">Which of them.</param>
    /// <param name="episodeId">Names the next episode; without one, it is the next <c>batch-{index}-episode-1</c> and so on.</param>
    public void Reset(int index, string? episodeId = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _resets[index]++;
        Start(index, episodeId ?? $"batch-{index}-episode-{_resets[index]}");
    }

    /// <summary>Frees the buffers and gives the graphs back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _step.Dispose();
        }
    }

    private void Start(int index, string id)
    {
        (_ids[index], _steps[index], _noises[index]) = (id, 0, new EpisodeNoise(_options.Seed, id));
        Part(_latents, index).Clear();
        Part(_actions, index).Clear();
    }

    private void Advance(ReadOnlySpan<byte> images, ReadOnlySpan<float> vectors, ReadOnlySpan<float> executed)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        RequireSize(images.Length, Size * (_manifest.Image?.Size ?? 0), nameof(images));
        RequireSize(vectors.Length, Size * _manifest.VectorSize, nameof(vectors));
        FiniteNumbers.Require(vectors, nameof(vectors));
        images.CopyTo(_step.Image is { } image ? image.Rows(Size) : []);
        vectors.CopyTo(_manifest.VectorSize > 0 ? _step[TensorNames.Vector].Rows(Size) : []);
        _latents.CopyTo(_step[TensorNames.PrevLatent].Rows(Size));
        executed.CopyTo(_step[TensorNames.PrevAction].Rows(Size));
        for (var i = 0; i < Size; i++)
        {
            _step[TensorNames.IsFirst].Row(i)[0] = _steps[i] == 0 ? 1 : 0;
            _step.Draw(i, _noises[i], _steps[i], _options.ActionSelection, _options.LatentSampling);
        }
        _step.Run(Size);
        Guard(TensorNames.Latent);
        Guard(_selected);
        // Where logits are no numbers, what is drawn from them is still made of zeros and ones.
        Guard(_manifest.Latent.PosteriorTensor);
        if (_manifest.Action.IsDiscrete)
        {
            Guard(TensorNames.Logits);
        }
        if (_options.Outputs.HasFlag(AgentOutputs.Surprise))
        {
            Guard(TensorNames.Kl);
        }
        if (_options.Outputs.HasFlag(AgentOutputs.Outcome))
        {
            Guard(TensorNames.Reward);
            Guard(TensorNames.Discount);
            Guard(TensorNames.Value);
        }
        _step[TensorNames.Latent].Rows(Size).CopyTo(_latents);
        _step[_selected].Rows(Size).CopyTo(_actions);
        for (var i = 0; i < Size; i++)
        {
            _steps[i]++;
            if (_probabilities.Length > 0)
            {
                Softmax.Of(_step[TensorNames.Logits].Row(i), Part(_probabilities, i));
            }
        }
    }

    private void Guard(string name)
    {
        var tensor = _step[name];
        if (FiniteNumbers.IndexOfOther(tensor.Rows(Size)) is >= 0 and var index)
        {
            var episode = index / tensor.RowSize;
            throw new NonFiniteOutputException(
                $"Agent '{_manifest.Name}' computed {tensor.Rows(Size)[index]} as number {index % tensor.RowSize} of '{name}' at step {_steps[episode]} of episode '{_ids[episode]}'.");
        }
    }

    private Span<float> Part(float[] values, int index) => values.AsSpan(index * (values.Length / Size), values.Length / Size);

    private ReadOnlySpan<float> Computed(AgentOutputs output, string tensor) =>
        _options.Outputs.HasFlag(output) ? _step[tensor].Rows(Size) : throw NotAskedFor(output);

    private InvalidOperationException NotAskedFor(AgentOutputs output) =>
        new($"The batch was created with {nameof(AgentBatchOptions.Outputs)} = {_options.Outputs}; create it with {output}.");

    private void RequireSize(int found, int expected, string what)
    {
        if (found != expected)
        {
            throw new ArgumentException($"'{what}' has {found} values; {Size} episodes of agent '{_manifest.Name}' take {expected}.", what);
        }
    }
}
