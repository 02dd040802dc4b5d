using Microsoft.ML.Data;

namespace Dreamer.Cli.Scoring;

/// <summary>A recorded row with an agent's scores.</summary>
internal sealed class ScoredRow
{
    public string EpisodeId { get; set; } = "";

    public long Step { get; set; }

    /// <summary>The action that the agent would take: 1-based, 0 if missing.</summary>
    [KeyType(int.MaxValue)]
    public uint PredictedAction { get; set; }

    public float PredictedReward { get; set; }

    public float PredictedDiscount { get; set; }

    public float PredictedValue { get; set; }

    public float Surprise { get; set; }
}
