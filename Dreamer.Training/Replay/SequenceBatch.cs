using Dreamer.Training.Environments;

namespace Dreamer.Training.Replay;

/// <summary>Rows of recorded episodes as arrays, time-major: row t of sequence b is row t * <see cref="Size"/> + b.</summary>
/// <remarks>Created once and refilled for every update. Not thread-safe.</remarks>
internal sealed class SequenceBatch
{
    /// <summary>Makes room for a batch.</summary>
    /// <param name="length">Rows in a sequence (T).</param>
    /// <param name="size">Sequences (B).</param>
    /// <param name="observation">The observation space.</param>
    /// <param name="actionSize">The length of an action (A).</param>
    public SequenceBatch(int length, int size, ObservationSpace observation, int actionSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (Length, Size, ObservationSpace, ActionSize) = (length, size, observation, actionSize);
        var rows = length * size;
        Images = new byte[rows * (observation.Image?.Size ?? 0)];
        Vectors = new float[rows * observation.VectorSize];
        Actions = new float[rows * actionSize];
        Rewards = new float[rows];
        IsFirst = new float[rows];
        IsTerminal = new float[rows];
    }

    /// <summary>Rows in a sequence (T).</summary>
    public int Length { get; }

    /// <summary>Sequences (B).</summary>
    public int Size { get; }

    /// <summary>The observation space.</summary>
    public ObservationSpace ObservationSpace { get; }

    /// <summary>The length of an action (A).</summary>
    public int ActionSize { get; }

    /// <summary>[T, B, H, W, C] bytes, empty without an image.</summary>
    public byte[] Images { get; }

    /// <summary>[T, B, N] numbers, empty without a vector.</summary>
    public float[] Vectors { get; }

    /// <summary>[T, B, A]: the action that led to the row.</summary>
    public float[] Actions { get; }

    /// <summary>[T, B]: the reward of arriving at the row.</summary>
    public float[] Rewards { get; }

    /// <summary>[T, B]: 1 where an episode, or a part cut from one, starts.</summary>
    public float[] IsFirst { get; }

    /// <summary>[T, B]: 1 where nothing can follow.</summary>
    public float[] IsTerminal { get; }
}
