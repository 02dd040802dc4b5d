using System.Runtime.InteropServices;
using Dreamer.Inference;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.Behavior;

/// <summary>Acts in a live episode with networks that are being trained: carries the latent state from row to row.</summary>
/// <remarks>
/// The posterior is sampled in any case; the action is sampled, or its mode where it is to be greedy. Noise is a function of seed,
/// episode and row alone. Not thread-safe. For agents that are trained, an exported folder and its session are several times as fast.
/// </remarks>
internal sealed class LivePolicy : IDisposable
{
    private readonly WorldModelNetworks _worldModel;
    private readonly Actor _actor;
    private readonly float[] _posteriorNoise;
    private readonly float[] _actionNoise;
    private readonly Device _device;
    private Tensor _latent;
    private float[] _action;
    private long _row;
    private EpisodeNoise _noise;

    public LivePolicy(WorldModelNetworks worldModel, Actor actor)
    {
        (_worldModel, _actor) = (worldModel, actor);
        _device = worldModel.parameters().First().device;
        _posteriorNoise = new float[worldModel.Rssm.Latents.Size];
        _actionNoise = new float[actor.Actions.Size];
        _latent = Zeros();
        _action = new float[actor.Actions.Size];
    }

    /// <summary>Starts an episode: the state is zeros.</summary>
    /// <param name="noise">The episode's noise.</param>
    public void Start(EpisodeNoise noise)
    {
        _latent.Dispose();
        (_latent, _action, _row, _noise) = (Zeros(), new float[_action.Length], 0, noise);
    }

    /// <summary>Takes in the next row and picks the action that follows it.</summary>
    /// <param name="step">The row.</param>
    /// <param name="greedy">Whether to take the most probable action in place of a sample.</param>
    public float[] Act(EnvironmentStep step, bool greedy)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        _noise.Fill(_posteriorNoise, _row, NoiseStream.Posterior);
        _noise.Fill(_actionNoise, _row, NoiseStream.Action);
        var embedding = _worldModel.Encoder.Forward(ImageOf(step), VectorOf(step));
        var isFirst = Row([_row == 0 ? 1 : 0]);
        Tensor latent = _worldModel.Rssm.Observe(_latent, _worldModel.ActionScaling.ToNetworks(Row(_action)), isFirst, embedding, Row(_posteriorNoise)).Latent;
        var policy = _actor.Forward(latent);
        Tensor action = _worldModel.ActionScaling.ToEnvironment(
            greedy ? _actor.Actions.Mode(policy) : _actor.Actions.Sample(policy, Row(_actionNoise)));
        _latent.Dispose();
        _latent = latent.DetachFromDisposeScope();
        _row++;
        _action = MemoryMarshal.Cast<byte, float>(action.cpu().contiguous().bytes).ToArray();
        return _action;
    }

    /// <summary>Adds the state of the episode to a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.Add("policy/latent", _latent);
        checkpoint.AddJson("policy/action", _action);
        checkpoint.Add("policy/row", _row);
    }

    /// <summary>Takes the state of the episode from a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint to read.</param>
    /// <param name="noise">The episode's noise.</param>
    public void Load(Checkpoint checkpoint, EpisodeNoise noise)
    {
        checkpoint.CopyTo("policy/latent", _latent);
        (_action, _row, _noise) = (checkpoint.GetJson<float[]>("policy/action"), checkpoint.GetInt64("policy/row"), noise);
    }

    public void Dispose() => _latent.Dispose();

    // Not by the caller's scope: the state outlives any call.
    private Tensor Zeros() => zeros(1, _worldModel.Options.LatentSize, device: _device).DetachFromDisposeScope();

    private Traced? ImageOf(EnvironmentStep step)
    {
        if (_worldModel.ObservationSpace.Image is not { } shape)
        {
            return null;
        }
        var image = empty(1, shape.Height, shape.Width, shape.Channels, ScalarType.Byte);
        step.Image.CopyTo(image.bytes);
        return image.to(_device);
    }

    private Traced? VectorOf(EnvironmentStep step) => _worldModel.ObservationSpace.VectorSize > 0 ? Row(step.Vector!) : default(Traced?);

    private Traced Row(float[] values)
    {
        var row = empty(1, values.Length, ScalarType.Float32);
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(row.bytes);
        return row.to(_device);
    }
}
