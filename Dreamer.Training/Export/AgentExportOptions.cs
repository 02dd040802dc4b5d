using Dreamer.Inference;

namespace Dreamer.Training.Export;

/// <summary>What is exported, and how it is scored.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AgentExportOptions
{
    /// <summary>How many steps each sequence has over which int8 weights are compared with those that were trained.</summary>
    public const int FidelitySteps = 50;

    /// <summary>
    /// How many episodes the exported agent plays greedily, and as many with sampled actions, for the scores in its folder; 0 leaves
    /// the score of the run's last evaluation, where that was of these weights.
    /// </summary>
    /// <value>50.</value>
    public int EvaluationEpisodes { get; init; } = 50;

    /// <summary>Whether the folder also holds the whole imagination as one graph, <see cref="GraphNames.Rollout"/>.</summary>
    /// <value><see langword="false"/>.</value>
    public bool Rollout { get; init; }

    /// <summary>Whether the folder also holds graphs whose dense layers have int8 weights.</summary>
    /// <value><see langword="false"/>.</value>
    public bool Quantize { get; init; }

    /// <summary>Over how many sequences int8 weights are compared with those that were trained.</summary>
    /// <value>1,000.</value>
    public int FidelitySequences { get; init; } = 1000;

    /// <summary>The mean KL of the policy with int8 weights from that with the trained ones, in nats, above which they are refused.</summary>
    /// <value>0.05.</value>
    public double PolicyKlBound { get; init; } = 0.05;

    /// <summary>What is wrong with these settings; empty where nothing is.</summary>
    internal IEnumerable<string> Problems()
    {
        if (EvaluationEpisodes < 0)
        {
            yield return $"{nameof(EvaluationEpisodes)} is {EvaluationEpisodes}; it must be 0 or above.";
        }
        if (FidelitySequences < 1)
        {
            yield return $"{nameof(FidelitySequences)} is {FidelitySequences}; it must be at least 1.";
        }
        if (!(PolicyKlBound >= 0))
        {
            yield return $"{nameof(PolicyKlBound)} is {PolicyKlBound}; it must be 0 or above.";
        }
    }
}
