namespace Dreamer.Inference.Serving;

/// <summary>What a live episode is between two steps: some kilobytes, and no buffers of ONNX Runtime's.</summary>
/// <remarks>Not thread-safe. A step that is not read, or whose outputs are refused, leaves it as it was.</remarks>
internal sealed class EpisodeState
{
    private readonly AgentManifest _manifest;
    private readonly ActionSelection _actions;
    private readonly LatentSampling _sampling;
    private readonly EpisodeNoise _noise;
    private readonly float[] _latent;
    private readonly int _resets;
    private float[] _action;
    private AgentStep? _last;
    private AgentOutputs _available;

    /// <summary>Begins an episode.</summary>
    internal EpisodeState(AgentManifest manifest, EpisodeOptions options, string id)
        : this(manifest, options, options.Seed, options.EpisodeId ?? id, resets: 0)
    {
    }

    private EpisodeState(AgentManifest manifest, EpisodeOptions options, ulong seed, string episodeId, int resets)
    {
        (_manifest, _actions, _sampling) = (manifest, options.ActionSelection, options.LatentSampling);
        (Seed, EpisodeId, _resets) = (seed, episodeId, resets);
        _noise = new EpisodeNoise(seed, episodeId);
        (_latent, _action) = (new float[manifest.Latent.Size], new float[manifest.Action.Size]);
    }

    internal ulong Seed { get; }

    internal string EpisodeId { get; }

    /// <summary>Observations so far.</summary>
    internal long Step { get; private set; }

    internal ReadOnlySpan<float> Latent => _latent;

    /// <summary>Writes what the next step takes into a row.</summary>
    /// <param name="step">The step's buffers.</param>
    /// <param name="row">Which row.</param>
    /// <param name="input">An observation that was validated.</param>
    internal void Write(BatchedStep step, int row, in StepInput input)
    {
        if (step.Image is { } image)
        {
            input.Image.Span.CopyTo(image.Row(row));
        }
        if (_manifest.VectorSize > 0)
        {
            input.Vector.Span.CopyTo(step[TensorNames.Vector].Row(row));
        }
        _latent.CopyTo(step[TensorNames.PrevLatent].Row(row));
        var previous = step[TensorNames.PrevAction].Row(row);
        if (input.ExecutedAction is { } executed)
        {
            previous.Clear();
            previous[executed] = 1;
        }
        else
        {
            (input.ExecutedActionValues.IsEmpty ? _action : input.ExecutedActionValues.Span).CopyTo(previous);
        }
        step[TensorNames.IsFirst].Row(row)[0] = Step == 0 ? 1 : 0;
        step.Draw(row, _noise, Step, _actions, _sampling);
    }

    /// <summary>Takes over what a step computed.</summary>
    /// <exception cref="NonFiniteOutputException">Some number is not finite; the episode is as it was.</exception>
    internal AgentStep Read(BatchedStep step, int row, AgentOutputs outputs)
    {
        var latent = Finite(step, row, TensorNames.Latent);
        var action = Finite(step, row, _actions == ActionSelection.Sampled ? TensorNames.Action : TensorNames.ActionMode).ToArray();
        // Where logits are no numbers, what is drawn from them is still made of zeros and ones.
        Finite(step, row, _manifest.Latent.PosteriorTensor);
        var discrete = _manifest.Action.IsDiscrete;
        if (discrete)
        {
            Finite(step, row, TensorNames.Logits);
        }
        var outcome = outputs.HasFlag(AgentOutputs.Outcome);
        var result = new AgentStep
        {
            Step = Step + 1,
            Action = discrete ? Array.IndexOf(action, 1f) : null,
            ActionValues = action,
            Reward = outcome ? Finite(step, row, TensorNames.Reward)[0] : null,
            Discount = outcome ? Finite(step, row, TensorNames.Discount)[0] : null,
            Value = outcome ? Finite(step, row, TensorNames.Value)[0] : null,
            Surprise = outputs.HasFlag(AgentOutputs.Surprise) ? Finite(step, row, TensorNames.Kl)[0] : null,
            ActionProbabilities = outputs.HasFlag(AgentOutputs.ActionProbabilities) && discrete ? Probabilities(step, row) : null,
        };
        latent.CopyTo(_latent);
        // The caller owns its arrays; those of the state stay here.
        (_last, _action, Step) = (result with { ActionProbabilities = result.ActionProbabilities?.ToArray() }, [.. action], result.Step);
        _available = outputs & AgentOutputs.All;
        return result;
    }

    /// <summary>The episode as a session's state: what <see cref="AgentSession.LoadState"/> takes.</summary>
    internal byte[] Save(byte[] fingerprint) => new SessionState
    {
        Fingerprint = fingerprint,
        Seed = Seed,
        Step = Step,
        Resets = _resets,
        Outputs = _available,
        EpisodeId = EpisodeId,
        Numbers =
        [
            .. _latent, .. _action, _last?.Reward ?? 0, _last?.Discount ?? 0, _last?.Value ?? 0, _last?.Surprise ?? 0,
            .. _last?.ActionProbabilities ?? new float[Probable(_manifest)],
        ],
    }.ToBytes();

    /// <summary>Goes on from a session's state.</summary>
    /// <exception cref="InvalidDataException">It has numbers that no session has.</exception>
    internal static EpisodeState Load(AgentManifest manifest, EpisodeOptions options, SessionState saved)
    {
        if (saved.Step < 0 || saved.EpisodeId.Length is 0 or > EpisodeOptions.MaxEpisodeIdLength || FiniteNumbers.IndexOfOther(saved.Numbers) >= 0)
        {
            throw new InvalidDataException("The state of the session holds a step, an episode id or a number that no served session has.");
        }
        var state = new EpisodeState(manifest, options, saved.Seed, saved.EpisodeId, saved.Resets) { Step = saved.Step, _available = saved.Outputs & AgentOutputs.All };
        var numbers = saved.Numbers.AsSpan();
        numbers[..state._latent.Length].CopyTo(state._latent);
        numbers = numbers[state._latent.Length..];
        numbers[..state._action.Length].CopyTo(state._action);
        numbers = numbers[state._action.Length..];
        var outcome = saved.Outputs.HasFlag(AgentOutputs.Outcome);
        state._last = new AgentStep
        {
            Step = saved.Step,
            ActionValues = state._action,
            Reward = outcome ? numbers[0] : null,
            Discount = outcome ? numbers[1] : null,
            Value = outcome ? numbers[2] : null,
            Surprise = saved.Outputs.HasFlag(AgentOutputs.Surprise) ? numbers[3] : null,
            ActionProbabilities = saved.Outputs.HasFlag(AgentOutputs.ActionProbabilities) ? numbers[4..].ToArray() : null,
        };
        return state;
    }

    /// <summary>How many numbers the state of a session of an agent has.</summary>
    internal static int Numbers(AgentManifest manifest) => manifest.Latent.Size + manifest.Action.Size + 4 + Probable(manifest);

    private static int Probable(AgentManifest manifest) => manifest.Action.IsDiscrete ? manifest.Action.Size : 0;

    private float[] Probabilities(BatchedStep step, int row)
    {
        var probabilities = new float[_manifest.Action.Size];
        Softmax.Of(step[TensorNames.Logits].Row(row), probabilities);
        return probabilities;
    }

    private Span<float> Finite(BatchedStep step, int row, string tensor)
    {
        var numbers = step[tensor].Row(row);
        return FiniteNumbers.IndexOfOther(numbers) is >= 0 and var index
            ? throw new NonFiniteOutputException(
                $"Agent '{_manifest.Name}' computed {numbers[index]} as number {index} of '{tensor}' at step {Step} of episode '{EpisodeId}'.")
            : numbers;
    }
}
