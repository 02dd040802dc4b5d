namespace Dreamer.Inference;

public sealed partial class AgentSession
{
    /// <summary>The session's state as bytes: another session of the same agent, in another process say, goes on from them bit for bit.</summary>
    /// <remarks>Seed, episode, step, recurrent state, last action and what was computed with it; not how actions are selected.</remarks>
    public byte[] SaveState()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new SessionState
        {
            Fingerprint = _fingerprint,
            Seed = _seed,
            Step = Step,
            Resets = _resets,
            Outputs = _available & AgentOutputs.All,
            EpisodeId = EpisodeId,
            Numbers =
            [
                .. Latent, .. _buffers[TensorNames.PrevAction], .. Number(TensorNames.Reward, AgentOutputs.Outcome),
                .. Number(TensorNames.Discount, AgentOutputs.Outcome), .. Number(TensorNames.Value, AgentOutputs.Outcome),
                .. Number(TensorNames.Kl, AgentOutputs.Surprise),
                .. _available.HasFlag(AgentOutputs.ActionProbabilities) ? _probabilities : new float[ProbabilityCount],
            ],
        }.ToBytes();
    }

    /// <summary>Goes on from the state of a session of the same agent.</summary>
    /// <param name="state">What <see cref="SaveState"/> returned.</param>
    /// <exception cref="InvalidDataException">The bytes are no state, damaged, or of another agent; the session is as it was.</exception>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var latent = _manifest.Latent.Size;
        var actions = _manifest.Action.Size;
        var loaded = SessionState.FromBytes(state, latent + actions + 4 + ProbabilityCount);
        if (!loaded.Fingerprint.AsSpan().SequenceEqual(_fingerprint))
        {
            throw new InvalidDataException($"The state of the session is of another agent than '{_manifest.Name}' with these weights.");
        }
        (_seed, _resets) = (loaded.Seed, loaded.Resets);
        Start(loaded.EpisodeId);
        (Step, _available) = (loaded.Step, loaded.Outputs & _options.Outputs);
        var numbers = loaded.Numbers.AsSpan();
        numbers[..latent].CopyTo(_buffers.Latent(_current));
        numbers.Slice(latent, actions).CopyTo(_buffers[TensorNames.PrevAction]);
        var computed = numbers[(latent + actions)..];
        if (_available.HasFlag(AgentOutputs.Outcome))
        {
            _buffers[TensorNames.Reward][0] = computed[0];
            _buffers[TensorNames.Discount][0] = computed[1];
            _buffers[TensorNames.Value][0] = computed[2];
        }
        if (_available.HasFlag(AgentOutputs.Surprise))
        {
            _buffers[TensorNames.Kl][0] = computed[3];
        }
        if (_available.HasFlag(AgentOutputs.ActionProbabilities))
        {
            computed[4..].CopyTo(_probabilities);
        }
    }

    /// <summary>Imagines on from the last observation under the policy; the episode stays where it is.</summary>
    /// <param name="horizon">How many steps, at least 1.</param>
    /// <param name="actions">Whether the policy's most likely action is taken or one drawn from it.</param>
    /// <param name="sampling">Whether states are samples of the prior or its most likely classes.</param>
    /// <returns>[horizon] steps: each action, and what it is imagined to lead to, decoded.</returns>
    /// <exception cref="InvalidOperationException">The session was created without <see cref="AgentOutputs.Imagination"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no step to take.</exception>
    public IReadOnlyList<ImaginedStep> Imagine(
        int horizon, ActionSelection actions = ActionSelection.Greedy, LatentSampling sampling = LatentSampling.Mode)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return (_imagination ?? throw NotAskedFor(AgentOutputs.Imagination)).Rollout(Latent, horizon, actions, sampling);
    }

    /// <summary>What the world model makes of the state at the last observation: the decoded observation above all.</summary>
    /// <exception cref="InvalidOperationException">The session was created without <see cref="AgentOutputs.Imagination"/>.</exception>
    public ImaginedState Describe()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return (_imagination ?? throw NotAskedFor(AgentOutputs.Imagination)).Describe(Latent);
    }

    private int ProbabilityCount => _manifest.Action.IsDiscrete ? _manifest.Action.Size : 0;

    private float[] Number(string tensor, AgentOutputs output) => [_available.HasFlag(output) ? _buffers[tensor][0] : 0];

    private InvalidOperationException NotAskedFor(AgentOutputs output) =>
        new($"The session was created with {nameof(AgentSessionOptions.Outputs)} = {_options.Outputs}; create it with {output}.");
}
