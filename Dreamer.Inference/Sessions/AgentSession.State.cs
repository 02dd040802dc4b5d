using Dreamer.Inference.Stepping;

namespace Dreamer.Inference;

public sealed partial class AgentSession
{
    /// <summary>The session's state as bytes. Another session of the same agent, for example in another process, continues from them bit for bit.</summary>
    /// <remarks>Holds seed, episode, step, recurrent state, last action and last answers, but not how actions are selected.</remarks>
    public byte[] SaveState()
    {
        using var use = _use.Begin();
        return _episode.Save(_fingerprint);
    }

    /// <summary>Continues from the state of a session of the same agent.</summary>
    /// <param name="state">The bytes that <see cref="SaveState"/> returned.</param>
    /// <exception cref="InvalidDataException">The bytes are not a state, are damaged, or belong to another agent; the session is unchanged.</exception>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        using var use = _use.Begin();
        var saved = SavedEpisode.FromBytes(state, _manifest);
        if (!saved.Fingerprint.AsSpan().SequenceEqual(_fingerprint))
        {
            throw new InvalidDataException($"The saved state of the session is of another agent: agent '{_manifest.Name}' has other weights.");
        }
        _episode.Load(saved);
    }

    /// <summary>Imagines onward from the last observation under the policy; the episode does not move.</summary>
    /// <param name="horizon">The number of steps, at least 1.</param>
    /// <param name="actions">Whether to take the policy's most likely action or to sample one.</param>
    /// <param name="sampling">Whether states are samples of the prior or its most likely classes.</param>
    /// <returns>[horizon] steps: each action, and what it is imagined to lead to, decoded.</returns>
    /// <exception cref="InvalidOperationException">The session was created without <see cref="AgentOutputs.Imagination"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is less than 1.</exception>
    public IReadOnlyList<ImaginedStep> Imagine(
        int horizon, ActionSelection actions = ActionSelection.Greedy, LatentSampling sampling = LatentSampling.Mode)
    {
        using var use = _use.Begin();
        return Imagination.Rollout(Latent, horizon, actions, sampling);
    }

    /// <summary>What the world model predicts for the current state, above all the decoded observation.</summary>
    /// <exception cref="InvalidOperationException">The session was created without <see cref="AgentOutputs.Imagination"/>.</exception>
    public ImaginedState Describe()
    {
        using var use = _use.Begin();
        return Imagination.Describe(Latent);
    }

    private AgentImagination Imagination => _imagination ?? throw NotComputed(AgentOutputs.Imagination);
}
