using Dreamer.Inference;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Export;

/// <summary>The contents of the export, and its evaluation.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AgentExportOptions
{
    /// <summary>The length of the sequences for the comparison of int8 weights with the trained ones.</summary>
    public const int FidelitySteps = 50;

    /// <summary>
    /// The episodes that the exported agent plays greedily, and again with sampled actions, for the scores in its folder; 0 keeps
    /// the score of the run's last evaluation, if it was of these weights.
    /// </summary>
    /// <value>50.</value>
    public int EvaluationEpisodes { get; init; } = 50;

    /// <summary>Whether to export the whole imagination as one graph,  <see cref="GraphNames.Rollout"/>.</summary>
    /// <value><see langword="false"/>.</value>
    public bool Rollout { get; init; }

    /// <summary>Whether to export graphs with int8 weights in dense layers as well.</summary>
    /// <value><see langword="false"/>.</value>
    public bool Quantize { get; init; }

    /// <summary>The sequences for the comparison of int8 weights with the trained ones.</summary>
    /// <value>1,000.</value>
    public int FidelitySequences { get; init; } = 1000;

    /// <summary>The largest mean KL, in nats, of the policy with int8 weights from the policy with the trained ones.</summary>
    /// <value>0.05.</value>
    public double PolicyKlBound { get; init; } = 0.05;

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors() =>
    [
        .. AtLeast(nameof(EvaluationEpisodes), EvaluationEpisodes, 0),
        .. AtLeast(nameof(FidelitySequences), FidelitySequences, 1),
        .. Unless(PolicyKlBound >= 0, nameof(PolicyKlBound), PolicyKlBound, "0 or above"),
    ];
}
