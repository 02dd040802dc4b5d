using System.Runtime.InteropServices;
using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Exploration;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Runs;

/// <summary>Acts in live episodes with networks that are being trained, all episodes in one batch.</summary>
/// <remarks>
/// The posterior is always sampled; the action is sampled, or greedily its mode. Noise is a function of seed,
/// episode and row only. Not thread-safe. For a trained agent, the session of an exported folder is several times as fast.
/// </remarks>
internal sealed class LivePolicy : IDisposable
{
    private readonly WorldModelNetworks _worldModel;
    private readonly EpisodeNoise[] _noises;
    private readonly long[] _rows;
    private readonly float[] _posteriorNoise;
    private readonly float[] _actionNoise;
    private readonly float[] _actions;
    private readonly Device _device;
    private Tensor _latents;

    /// <summary>Prepares to act.</summary>
    /// <param name="worldModel">The world model that carries the states.</param>
    /// <param name="actor">The policy that acts.</param>
    /// <param name="count">The number of parallel episodes.</param>
    public LivePolicy(WorldModelNetworks worldModel, Actor actor, int count)
    {
        (_worldModel, Actor) = (worldModel, actor);
        _device = worldModel.parameters().First().device;
        (_noises, _rows) = (new EpisodeNoise[count], new long[count]);
        _posteriorNoise = new float[count * worldModel.Rssm.Latents.Size];
        _actionNoise = new float[count * actor.Actions.Size];
        _actions = new float[count * worldModel.ActionSpace.Size];
        _latents = zeros(count, worldModel.Options.LatentSize, device: _device).DetachFromDisposeScope();
    }

    /// <summary>The policy; it may change between two rows, because the state does not depend on it.</summary>
    public Actor Actor { get; set; }

    /// <summary>Starts an episode: its next row is the first.</summary>
    /// <param name="index">The index of the episode.</param>
    /// <param name="noise">The episode's noise.</param>
    public void Start(int index, EpisodeNoise noise) => (_noises[index], _rows[index]) = (noise, 0);

    /// <summary>Reads the next row of every episode and picks the actions that follow.</summary>
    /// <param name="steps">The rows.</param>
    /// <param name="greedy">Whether to take the most probable action instead of a sample.</param>
    /// <param name="noise">The noise on the actions.</param>
    /// <returns>An action for each episode, as the environment takes it.</returns>
    public float[][] Act(ReadOnlySpan<EnvironmentStep> steps, bool greedy, ActionNoise noise = default)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var isFirst = new float[_rows.Length];
        for (var i = 0; i < _rows.Length; i++)
        {
            _noises[i].Fill(Part(_posteriorNoise, i), _rows[i], NoiseStream.Posterior);
            _noises[i].Fill(Part(_actionNoise, i), _rows[i], NoiseStream.Action);
            isFirst[i] = _rows[i] == 0 ? 1 : 0;
        }
        var embedding = _worldModel.Encoder.Forward(ImagesOf(steps), VectorsOf(steps));
        Tensor latents = _worldModel.Rssm.ObserveStep(
            _latents, _worldModel.ActionScaling.ToNetworks(Rows(_actions)), Rows(isFirst), embedding, Rows(_posteriorNoise)).Latent;
        var policy = Actor.Forward(latents);
        Tensor actions = _worldModel.ActionScaling.ToEnvironment(
            greedy ? Actor.Actions.Mode(policy) : Actor.Actions.Sample(policy, Rows(_actionNoise)));
        _latents.Dispose();
        _latents = latents.DetachFromDisposeScope();
        MemoryMarshal.Cast<byte, float>(actions.cpu().contiguous().bytes).CopyTo(_actions);
        for (var i = 0; i < _rows.Length; i++)
        {
            // The next state must see the action that is executed.
            noise.Apply(_worldModel.ActionSpace, Part(_actions, i), _noises[i], _rows[i]);
            _rows[i]++;
        }
        return [.. Enumerable.Range(0, _rows.Length).Select(i => Part(_actions, i).ToArray())];
    }

    /// <summary>Adds the states of the episodes to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.Add("policy/latents", _latents);
        checkpoint.Add("policy/actions", MemoryMarshal.AsBytes(_actions.AsSpan()));
        checkpoint.Add("policy/rows", MemoryMarshal.AsBytes(_rows.AsSpan()));
    }

    /// <summary>Takes the states of the episodes from a checkpoint; <see cref="Resume"/> sets their noise.</summary>
    /// <exception cref="InvalidCheckpointException">The entries are missing, or the number of episodes differs.</exception>
    public void Load(Checkpoint checkpoint)
    {
        checkpoint.CopyTo("policy/latents", _latents);
        checkpoint.GetBytes("policy/actions").CopyTo(MemoryMarshal.AsBytes(_actions.AsSpan()));
        checkpoint.GetBytes("policy/rows").CopyTo(MemoryMarshal.AsBytes(_rows.AsSpan()));
    }

    /// <summary>Continues an episode whose state was loaded.</summary>
    /// <param name="index">The index of the episode.</param>
    /// <param name="noise">The episode's noise.</param>
    public void Resume(int index, EpisodeNoise noise) => _noises[index] = noise;

    public void Dispose() => _latents.Dispose();

    private Span<float> Part(float[] values, int index) => values.AsSpan(index * (values.Length / _rows.Length), values.Length / _rows.Length);

    private Traced? ImagesOf(ReadOnlySpan<EnvironmentStep> steps)
    {
        if (_worldModel.ObservationSpace.Image is not { } shape)
        {
            return null;
        }
        var images = empty(steps.Length, shape.Height, shape.Width, shape.Channels, ScalarType.Byte);
        var bytes = images.bytes;
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i].Image.CopyTo(bytes[(i * shape.Size)..]);
        }
        return images.to(_device);
    }

    private Traced? VectorsOf(ReadOnlySpan<EnvironmentStep> steps)
    {
        if (_worldModel.ObservationSpace.VectorSize is not (> 0 and var size))
        {
            return null;
        }
        var values = new float[steps.Length * size];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i].Vector.CopyTo(values.AsSpan(i * size));
        }
        return Rows(values);
    }

    private Traced Rows(float[] values)
    {
        var rows = empty(_rows.Length, values.Length / _rows.Length, ScalarType.Float32);
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(rows.bytes);
        return rows.to(_device);
    }
}
