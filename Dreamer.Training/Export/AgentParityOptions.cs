namespace Dreamer.Training.Export;

/// <summary>The size and the tolerance of the comparison.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AgentParityOptions
{
    /// <summary>The batch sizes.</summary>
    /// <value>1, 3 and 64.</value>
    public IReadOnlyList<int> BatchSizes { get; init; } = [1, 3, 64];

    /// <summary>The steps per batch.</summary>
    /// <value>4.</value>
    public int Steps { get; init; } = 4;

    /// <summary>The seed of the random observations, actions and noise.</summary>
    /// <value>0.</value>
    public ulong Seed { get; init; }

    /// <summary>The largest difference that passes, relative to expected values above 1, as in <c>dreamer verify</c>.</summary>
    /// <value>1e-4.</value>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The distance of a sample's two best perturbed candidates (logit + Gumbel noise) from which on the sample must be equal.</summary>
    /// <value>1e-3.</value>
    public double TieMargin { get; init; } = 1e-3;
}
