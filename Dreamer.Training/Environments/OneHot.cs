namespace Dreamer.Training.Environments;

/// <summary>Discrete actions as one-hot vectors.</summary>
public static class OneHot
{
    /// <summary>The vector of an action.</summary>
    /// <param name="index">The action's number.</param>
    /// <param name="size">How many actions there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not in [0, <paramref name="size"/>).</exception>
    public static float[] Create(int index, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var vector = new float[size];
        vector[index] = 1;
        return vector;
    }

    /// <summary>The number of the action that a vector encodes.</summary>
    /// <param name="action">A one-hot vector.</param>
    /// <param name="size">How many actions there are.</param>
    /// <exception cref="ArgumentException">The vector has the wrong length or is not one-hot.</exception>
    public static int IndexOf(ReadOnlySpan<float> action, int size)
    {
        var index = action.IndexOf(1f);
        if (action.Length != size || index < 0 || action[..index].ContainsAnyExcept(0f) || action[(index + 1)..].ContainsAnyExcept(0f))
        {
            throw new ArgumentException(
                $"A discrete action is a one-hot vector of {size} numbers; got [{string.Join(", ", action.ToArray())}].", nameof(action));
        }
        return index;
    }
}
