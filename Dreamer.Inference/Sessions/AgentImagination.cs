using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>Asks the world model what an action would lead to, without taking it.</summary>
/// <remarks>Not thread-safe: one caller at a time. Results are copies that the caller keeps.</remarks>
public sealed class AgentImagination : IDisposable
{
    private readonly AgentManifest _manifest;
    private readonly SessionBuffers _buffers;
    private readonly RunOptions _run = new();
    private readonly EpisodeNoise _noise;
    private readonly BoundGraph _imagine;
    private readonly BoundGraph _heads;
    private readonly BoundGraph _decoder;
    private readonly BoundGraph _policy;
    private long _draws;
    private long _picks;

    internal AgentImagination(DreamerAgent agent, ulong seed)
    {
        _manifest = agent.Manifest;
        _buffers = new SessionBuffers(_manifest);
        _noise = new EpisodeNoise(seed, "imagination");
        _imagine = _buffers.Bind(agent.OpenGraph(GraphNames.RssmImagine), _run, latent: 1);
        _heads = _buffers.Bind(agent.OpenGraph(GraphNames.Heads), _run, latent: 1);
        _decoder = _buffers.Bind(agent.OpenGraph(GraphNames.Decoder), _run, latent: 1);
        _policy = _buffers.Bind(agent.OpenGraph(GraphNames.Policy), _run, latent: 1);
    }

    /// <summary>Imagines the state that a discrete action leads to.</summary>
    /// <param name="latent">[S*C + D]: the state before, a session's say.</param>
    /// <param name="action">The action, 0 to the number of actions less 1.</param>
    /// <param name="sampling">Whether the next state is a sample of the prior or its most likely classes.</param>
    /// <exception cref="ArgumentException">The latent has another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public ImaginedState Step(ReadOnlySpan<float> latent, int action, LatentSampling sampling = LatentSampling.Mode)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(action);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(action, _manifest.Action.Size);
        var oneHot = new float[_manifest.Action.Size];
        oneHot[action] = 1;
        return Step(latent, oneHot, sampling);
    }

    /// <summary>Imagines the state that an action leads to.</summary>
    /// <param name="latent">[S*C + D]: the state before, a session's say.</param>
    /// <param name="action">[A]: the action, one-hot where actions are discrete.</param>
    /// <param name="sampling">Whether the next state is a sample of the prior or its most likely classes.</param>
    /// <exception cref="ArgumentException">The latent or the action has another size.</exception>
    public ImaginedState Step(ReadOnlySpan<float> latent, ReadOnlySpan<float> action, LatentSampling sampling = LatentSampling.Mode)
    {
        Copy(latent, _buffers.Latent(0), nameof(latent));
        Copy(action, _buffers[TensorNames.PrevAction], nameof(action));
        var noise = _buffers[TensorNames.StochNoise];
        if (sampling == LatentSampling.Sampled)
        {
            _noise.Fill(noise, _draws++, NoiseStream.Prior);
        }
        else
        {
            noise.Fill(EpisodeNoise.Mode);
        }
        _imagine.Run();
        return Describe();
    }

    /// <summary>Imagines a trajectory under the policy.</summary>
    /// <param name="latent">[S*C + D]: the state that it starts from, a session's say.</param>
    /// <param name="horizon">How many steps, at least 1.</param>
    /// <param name="actions">Whether the policy's most likely action is taken or one drawn from it.</param>
    /// <param name="sampling">Whether states are samples of the prior or its most likely classes.</param>
    /// <returns>[horizon] steps: each action, and the state that it led to.</returns>
    /// <exception cref="ArgumentException">The latent has another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no step to take.</exception>
    public IReadOnlyList<ImaginedStep> Rollout(
        ReadOnlySpan<float> latent,
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        Copy(latent, _buffers.Latent(1), nameof(latent));
        var steps = new ImaginedStep[horizon];
        var state = latent;
        for (var i = 0; i < horizon; i++)
        {
            var action = Pick(actions);
            var next = Step(state, action, sampling);
            steps[i] = new ImaginedStep(action, next);
            state = next.Latent;
        }
        return steps;
    }

    /// <summary>What the model makes of a state: its outcome, its decoded observation and the policy at it.</summary>
    /// <param name="latent">[S*C + D].</param>
    /// <exception cref="ArgumentException">The latent has another size.</exception>
    public ImaginedState Describe(ReadOnlySpan<float> latent)
    {
        Copy(latent, _buffers.Latent(1), nameof(latent));
        return Describe();
    }

    /// <summary>Frees the buffers and gives the graphs back.</summary>
    public void Dispose()
    {
        foreach (var graph in (IEnumerable<BoundGraph>)[_imagine, _heads, _decoder, _policy])
        {
            graph.Dispose();
        }
        _buffers.Dispose();
        _run.Dispose();
    }

    private static void Copy(ReadOnlySpan<float> source, Span<float> destination, string what)
    {
        if (source.Length != destination.Length)
        {
            throw new ArgumentException($"'{what}' has {source.Length} values; the agent takes {destination.Length}.", what);
        }
        source.CopyTo(destination);
    }

    /// <summary>What the policy picks in the state that was described or imagined last.</summary>
    private float[] Pick(ActionSelection actions)
    {
        var noise = _buffers[TensorNames.ActionNoise];
        if (actions == ActionSelection.Sampled)
        {
            _noise.Fill(noise, _picks++, NoiseStream.ImaginedAction);
        }
        else
        {
            noise.Fill(EpisodeNoise.Mode);
        }
        _policy.Run();
        return [.. _buffers[actions == ActionSelection.Sampled ? TensorNames.Action : TensorNames.ActionMode]];
    }

    private ImaginedState Describe()
    {
        _heads.Run();
        _decoder.Run();
        _buffers[TensorNames.ActionNoise].Fill(EpisodeNoise.Mode);
        _policy.Run();
        var probabilities = new float[_manifest.Action.IsDiscrete ? _manifest.Action.Size : 0];
        if (probabilities.Length > 0)
        {
            Softmax.Of(_buffers[TensorNames.Logits], probabilities);
        }
        return new ImaginedState(
            [.. _buffers.Latent(1)],
            _buffers[TensorNames.Reward][0],
            _buffers[TensorNames.Discount][0],
            _buffers[TensorNames.Value][0],
            _buffers.Image is { } image ? [.. image.Span] : [],
            _manifest.VectorSize > 0 ? [.. _buffers[TensorNames.Vector]] : [],
            probabilities,
            [.. _buffers[TensorNames.ActionMode]]);
    }
}
