namespace Dreamer.Training.Export;

/// <summary>What is exported of a run, and how it is scored.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AgentExportOptions
{
    /// <summary>
    /// How many episodes the exported agent plays greedily, and as many with sampled actions, for the scores in its folder; 0 leaves
    /// the score of the run's last evaluation, where that was of these weights.
    /// </summary>
    /// <value>50.</value>
    public int EvaluationEpisodes { get; init; } = 50;
}
