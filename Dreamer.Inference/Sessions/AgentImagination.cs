using Dreamer.Inference.Stepping;

namespace Dreamer.Inference;

/// <summary>Asks the world model what actions would lead to, without executing them.</summary>
/// <remarks>Not thread-safe: one caller at a time; a second is refused. Results are copies that the caller keeps.</remarks>
public sealed class AgentImagination : IDisposable
{
    private readonly AgentManifest _manifest;
    private readonly EpisodeNoise _noise;
    private readonly List<AgentGraph> _handles = [];
    private readonly RowTensor<float> _prevLatent;
    private readonly RowTensor<float> _prevAction;
    private readonly RowTensor<float> _stochNoise;
    private readonly RowTensor<float> _latent;
    private readonly RowTensor<float> _actionNoise;
    private readonly RowTensor<float> _action;
    private readonly RowTensor<float> _actionMode;
    private readonly RowTensor<float>? _logits;
    private readonly RowTensor<float> _reward = new(TensorNames.Reward, 1, 1);
    private readonly RowTensor<float> _discount = new(TensorNames.Discount, 1, 1);
    private readonly RowTensor<float> _value = new(TensorNames.Value, 1, 1);
    private readonly RowTensor<byte>? _image;
    private readonly RowTensor<float>? _vector;
    private readonly GraphRunner _imagine;
    private readonly GraphRunner _heads;
    private readonly GraphRunner _decoder;
    private readonly GraphRunner _policy;
    private readonly ExclusiveUse _use;
    private long _draws;
    private long _picks;

    internal AgentImagination(DreamerAgent agent, ulong seed)
    {
        _manifest = agent.Manifest;
        _noise = new EpisodeNoise(seed, "imagination");
        var (latent, actions) = (_manifest.Latent, _manifest.Action.Size);
        (_prevLatent, _latent) = (new(TensorNames.PrevLatent, 1, latent.Size), new(TensorNames.Latent, 1, latent.Size));
        (_prevAction, _stochNoise) = (new(TensorNames.PrevAction, 1, actions), new(TensorNames.StochNoise, 1, latent.StochSize));
        _actionNoise = new(TensorNames.ActionNoise, 1, actions);
        (_action, _actionMode) = (new(TensorNames.Action, 1, actions), new(TensorNames.ActionMode, 1, actions));
        _logits = _manifest.Action.IsDiscrete ? new(TensorNames.Logits, 1, actions) : null;
        _image = _manifest.Image is { } shape ? new(TensorNames.Image, 1, shape.Height, shape.Width, shape.Channels) : null;
        _vector = _manifest.VectorSize > 0 ? new(TensorNames.Vector, 1, _manifest.VectorSize) : null;
        _imagine = Runner(agent, GraphNames.RssmImagine, [_prevLatent, _prevAction, _stochNoise], [_latent]);
        _heads = Runner(agent, GraphNames.Heads, [_latent], [_reward, _discount, _value]);
        _decoder = Runner(agent, GraphNames.Decoder, [_latent], [_image, _vector]);
        _policy = Runner(agent, GraphNames.Policy, [_latent, _actionNoise], [_action, _actionMode, _logits]);
        _use = new ExclusiveUse(this, Free);
    }

    /// <summary>Imagines the state that a discrete action leads to.</summary>
    /// <param name="latent">[S*C + D]: the state before, for example a session's.</param>
    /// <param name="action">The action, 0 to the number of actions minus 1.</param>
    /// <param name="sampling">Whether the next state is a sample of the prior or its most likely classes.</param>
    /// <exception cref="ArgumentException">The latent has the wrong size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The action is unknown.</exception>
    /// <exception cref="InvalidOperationException">Actions are continuous.</exception>
    public ImaginedState Step(ReadOnlySpan<float> latent, int action, LatentSampling sampling = LatentSampling.Mode)
    {
        _manifest.RequireChoice(action, nameof(action));
        var oneHot = new float[_manifest.Action.Size];
        oneHot[action] = 1;
        return Step(latent, oneHot, sampling);
    }

    /// <summary>Imagines the state that an action leads to.</summary>
    /// <param name="latent">[S*C + D]: the state before, for example a session's.</param>
    /// <param name="action">[A]: the action, one-hot if actions are discrete.</param>
    /// <param name="sampling">Whether the next state is a sample of the prior or its most likely classes.</param>
    /// <exception cref="ArgumentException">The latent or the action has the wrong size.</exception>
    public ImaginedState Step(ReadOnlySpan<float> latent, ReadOnlySpan<float> action, LatentSampling sampling = LatentSampling.Mode)
    {
        using var use = _use.Begin();
        return Advance(latent, action, sampling);
    }

    /// <summary>Imagines a trajectory under the policy.</summary>
    /// <param name="latent">[S*C + D]: the start state, for example a session's.</param>
    /// <param name="horizon">The number of steps, at least 1.</param>
    /// <param name="actions">Whether to take the policy's most likely action or to sample one.</param>
    /// <param name="sampling">Whether states are samples of the prior or its most likely classes.</param>
    /// <returns>[horizon] steps: each action, and the state that it led to.</returns>
    /// <exception cref="ArgumentException">The latent has the wrong size.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is less than 1.</exception>
    public IReadOnlyList<ImaginedStep> Rollout(
        ReadOnlySpan<float> latent,
        int horizon,
        ActionSelection actions = ActionSelection.Greedy,
        LatentSampling sampling = LatentSampling.Mode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        using var use = _use.Begin();
        Copy(latent, _latent, nameof(latent));
        var steps = new ImaginedStep[horizon];
        var state = latent;
        for (var i = 0; i < horizon; i++)
        {
            var action = Pick(actions);
            var next = Advance(state, action, sampling);
            steps[i] = new ImaginedStep(action, next);
            state = next.Latent;
        }
        return steps;
    }

    /// <summary>The model's predictions for a state: outcome, decoded observation and policy.</summary>
    /// <param name="latent">[S*C + D].</param>
    /// <exception cref="ArgumentException">The latent has the wrong size.</exception>
    public ImaginedState Describe(ReadOnlySpan<float> latent)
    {
        using var use = _use.Begin();
        Copy(latent, _latent, nameof(latent));
        return Describe();
    }

    /// <summary>Frees the buffers and releases the graphs.</summary>
    public void Dispose() => _use.Dispose();

    private void Free()
    {
        foreach (var runner in (GraphRunner[])[_imagine, _heads, _decoder, _policy])
        {
            runner.Dispose();
        }
        _handles.ForEach(handle => handle.Dispose());
    }

    private void Copy(ReadOnlySpan<float> source, RowTensor<float> destination, string what)
    {
        _manifest.RequireSize(source.Length, destination.RowSize, what);
        source.CopyTo(destination.Row(0));
    }

    private GraphRunner Runner(DreamerAgent agent, string name, RowTensor[] inputs, RowTensor?[] outputs)
    {
        var handle = agent.OpenGraph(name);
        _handles.Add(handle);
        return new GraphRunner(handle, inputs, outputs.OfType<RowTensor>());
    }

    /// <summary>The policy's action in the state that was described or imagined last.</summary>
    private float[] Pick(ActionSelection actions)
    {
        var sampled = actions == ActionSelection.Sampled;
        _noise.FillOrMode(_actionNoise.Row(0), sampled ? _picks++ : 0, NoiseStream.ImaginedAction, sampled);
        _policy.Run(1);
        return [.. (sampled ? _action : _actionMode).Row(0)];
    }

    private ImaginedState Advance(ReadOnlySpan<float> latent, ReadOnlySpan<float> action, LatentSampling sampling)
    {
        Copy(latent, _prevLatent, nameof(latent));
        Copy(action, _prevAction, nameof(action));
        var sampled = sampling == LatentSampling.Sampled;
        _noise.FillOrMode(_stochNoise.Row(0), sampled ? _draws++ : 0, NoiseStream.Prior, sampled);
        _imagine.Run(1);
        return Describe();
    }

    private ImaginedState Describe()
    {
        _heads.Run(1);
        _decoder.Run(1);
        _actionNoise.Row(0).Fill(EpisodeNoise.Mode);
        _policy.Run(1);
        var probabilities = new float[_logits?.RowSize ?? 0];
        if (_logits is not null)
        {
            Softmax.Compute(_logits.Row(0), probabilities);
        }
        return new ImaginedState(
            [.. _latent.Row(0)],
            _reward.Row(0)[0],
            _discount.Row(0)[0],
            _value.Row(0)[0],
            _image is null ? [] : [.. _image.Row(0)],
            _vector is null ? [] : [.. _vector.Row(0)],
            probabilities,
            [.. _actionMode.Row(0)]);
    }
}
