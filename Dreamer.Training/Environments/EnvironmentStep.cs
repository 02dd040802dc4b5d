namespace Dreamer.Training.Environments;

/// <summary>One row of an episode: what is seen, and what the action before it led to.</summary>
/// <remarks>The environment owns the arrays and may reuse them: they are good until its next call.</remarks>
public readonly record struct EnvironmentStep
{
    /// <summary>Height x width x channels bytes, null where the space has no image.</summary>
    public byte[]? Image { get; init; }

    /// <summary>The numbers seen, null where the space has no vector.</summary>
    public float[]? Vector { get; init; }

    /// <summary>The reward for arriving here; 0 in the first row.</summary>
    public float Reward { get; init; }

    /// <summary>Whether an episode starts here.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether the episode ends here, for whatever reason.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether the task itself ended here, so that nothing follows; implies <see cref="IsLast"/>.</summary>
    public bool IsTerminal { get; init; }
}
