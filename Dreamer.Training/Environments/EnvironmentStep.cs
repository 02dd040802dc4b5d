namespace Dreamer.Training.Environments;

/// <summary>One row of an episode: the observation, and the outcome of the action before it.</summary>
/// <remarks>The environment owns the arrays and may reuse them: they are valid until its next call.</remarks>
public readonly record struct EnvironmentStep
{
    /// <summary>Height x width x channels bytes, null without an image.</summary>
    public byte[]? Image { get; init; }

    /// <summary>The numbers of the vector, null without a vector.</summary>
    public float[]? Vector { get; init; }

    /// <summary>The reward for arriving here; 0 in the first row.</summary>
    public float Reward { get; init; }

    /// <summary>Whether an episode starts here.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether the episode ends here, for any reason.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether the task itself ends here, so that there is no future value; implies <see cref="IsLast"/>.</summary>
    public bool IsTerminal { get; init; }
}
