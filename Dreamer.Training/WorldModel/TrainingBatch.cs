using System.Runtime.InteropServices;
using Dreamer.Training.Native;
using Dreamer.Training.Replay;
using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>A batch of recorded sequences as tensors, one row a step, time-major: row t * B + b is step t of sequence b.</summary>
/// <remarks>Owned by its creator, or by the dispose scope it was created in. Not thread-safe.</remarks>
internal sealed class TrainingBatch : IDisposable
{
    static TrainingBatch() => TorchRuntime.EnsureLoaded();

    /// <summary>Copies sequences into tensors.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="discount">The discount factor of a row that does not end the episode (gamma).</param>
    /// <param name="rewardTransform">The transformation of the rewards.</param>
    /// <param name="device">The device of the tensors; the CPU by default.</param>
    public TrainingBatch(SequenceBatch sequences, double discount, RewardTransform rewardTransform, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(discount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(discount, 1);
        (Length, Size) = (sequences.Length, sequences.Size);
        device ??= CPU;
        var rows = (long)Length * Size;
        Image = sequences.ObservationSpace.Image is { } image
            ? Copy<byte>(sequences.Images, ScalarType.Byte, device, rows, image.Height, image.Width, image.Channels)
            : null;
        Vector = sequences.ObservationSpace.VectorSize is > 0 and var size
            ? Copy<float>(sequences.Vectors, ScalarType.Float32, device, rows, size)
            : null;
        Action = Copy<float>(sequences.Actions, ScalarType.Float32, device, rows, sequences.ActionSize);
        IsFirst = Copy<float>(sequences.IsFirst, ScalarType.Float32, device, rows, 1);
        var rewards = rewardTransform switch
        {
            RewardTransform.Tanh => Array.ConvertAll(sequences.Rewards, MathF.Tanh),
            RewardTransform.Sign => Array.ConvertAll(sequences.Rewards, reward => (float)MathF.Sign(reward)),
            _ => sequences.Rewards,
        };
        Reward = Copy<float>(rewards, ScalarType.Float32, device, rows, 1);
        var discounts = Array.ConvertAll(sequences.IsTerminal, terminal => (float)(discount * (1 - terminal)));
        Discount = Copy<float>(discounts, ScalarType.Float32, device, rows, 1);
    }

    /// <summary>Rows in a sequence (T).</summary>
    public int Length { get; }

    /// <summary>Sequences (B).</summary>
    public int Size { get; }

    /// <summary>[T * B, H, W, C] uint8, or null.</summary>
    public Tensor? Image { get; }

    /// <summary>[T * B, N], or null.</summary>
    public Tensor? Vector { get; }

    /// <summary>[T * B, A]: the action that led to the row.</summary>
    public Tensor Action { get; }

    /// <summary>[T * B, 1]: 1 where an episode, or a part cut from one, starts.</summary>
    public Tensor IsFirst { get; }

    /// <summary>[T * B, 1]: the transformed reward of arriving at the row.</summary>
    public Tensor Reward { get; }

    /// <summary>[T * B, 1]: gamma * (1 - is_terminal), the discount head's target.</summary>
    public Tensor Discount { get; }

    public void Dispose()
    {
        Image?.Dispose();
        Vector?.Dispose();
        Action.Dispose();
        IsFirst.Dispose();
        Reward.Dispose();
        Discount.Dispose();
    }

    // Through the tensor's own memory: torch.tensor(array) takes ten times as long.
    private static Tensor Copy<T>(T[] values, ScalarType type, Device device, params long[] shape)
        where T : struct
    {
        var tensor = empty(shape, type);
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(tensor.bytes);
        if (device.type == TorchSharp.DeviceType.CPU)
        {
            return tensor;
        }
        using (tensor)
        {
            return tensor.to(device);
        }
    }
}
