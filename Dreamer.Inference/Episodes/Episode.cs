namespace Dreamer.Inference.Episodes;

/// <summary>A recorded episode: rows of observations, the actions that led to them, and rewards.</summary>
/// <remarks>
/// Row t holds the action that led to observation t and the reward received on the way; row 0 is the reset, with a zero action
/// and reward 0 (the reference's alignment). Arrays are the episode's own memory, row-major; treat them as read-only.
/// </remarks>
public sealed class Episode
{
    /// <summary>Names the episode; with a seed it determines every sample of a session.</summary>
    public required string Id { get; init; }

    /// <summary>The shape of an image, or null if none was recorded.</summary>
    public ImageShape? ImageShape { get; init; }

    /// <summary>[T+1, H, W, C] bytes, or empty.</summary>
    public byte[] Images { get; init; } = [];

    /// <summary>The length of a vector observation, 0 if none was recorded.</summary>
    public int VectorSize { get; init; }

    /// <summary>[T+1, N] numbers, or empty.</summary>
    public float[] Vectors { get; init; } = [];

    /// <summary>The length of an action.</summary>
    public required int ActionSize { get; init; }

    /// <summary>[T+1, A]: the action that led to the row, one-hot if actions are discrete.</summary>
    public required float[] Actions { get; init; }

    /// <summary>[T+1]: the reward of arriving at the row.</summary>
    public required float[] Rewards { get; init; }

    /// <summary>[T+1]: true at row 0; in a recording of several episodes, true at the first row of each.</summary>
    public required bool[] IsFirst { get; init; }

    /// <summary>[T+1]: true at the last row of an episode that ended, including by a time limit.</summary>
    public required bool[] IsLast { get; init; }

    /// <summary>[T+1]: true if nothing can follow the row, so that nothing is bootstrapped from it.</summary>
    public required bool[] IsTerminal { get; init; }

    /// <summary>
    /// Logged numbers of each row, by name, [T+1] each: for example a live session's value. In a file the names start with <c>log_</c>,
    /// which the reference leaves out of training.
    /// </summary>
    public IReadOnlyDictionary<string, float[]> Logs { get; init; } = new Dictionary<string, float[]>();

    /// <summary>What a reader assumed or found questionable, for people; empty if nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Rows: steps and the reset.</summary>
    public int RowCount => Rewards.Length;

    /// <summary>The sum of the rewards.</summary>
    public double Return => Rewards.Sum(reward => (double)reward);

    /// <summary>The image of a row, [H, W, C] row-major.</summary>
    public ReadOnlySpan<byte> Image(int row) => Row(Images, ImageShape?.Size ?? 0, row);

    /// <summary>The vector of a row.</summary>
    public ReadOnlySpan<float> Vector(int row) => Row(Vectors, VectorSize, row);

    /// <summary>The action that led to a row.</summary>
    public ReadOnlySpan<float> Action(int row) => Row(Actions, ActionSize, row);

    private static ReadOnlySpan<T> Row<T>(T[] values, int size, int row) => values.AsSpan(row * size, size);
}
