namespace Dreamer.Training.Export;

/// <summary>How much is compared, and how strictly.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AgentParityOptions
{
    /// <summary>The sizes of the batches that are run.</summary>
    /// <value>1, 3 and 64.</value>
    public IReadOnlyList<int> BatchSizes { get; init; } = [1, 3, 64];

    /// <summary>How many steps each batch takes.</summary>
    /// <value>4.</value>
    public int Steps { get; init; } = 4;

    /// <summary>Decides the random observations, actions and noise.</summary>
    /// <value>0.</value>
    public ulong Seed { get; init; }

    /// <summary>The greatest absolute difference that passes.</summary>
    /// <value>1e-4.</value>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>How far apart a sample's two best perturbed candidates (logit + Gumbel noise) are where the sample may not differ.</summary>
    /// <value>1e-3.</value>
    public double TieMargin { get; init; } = 1e-3;
}
