using Microsoft.ML.Data;

namespace Dreamer.Cli.Scoring;

/// <summary>A row of a recorded episode with what an agent makes of it.</summary>
internal sealed class ScoredRow
{
    public string EpisodeId { get; set; } = "";

    public long Step { get; set; }

    /// <summary>The action that the agent would take here: 1-based, 0 where there is none.</summary>
    [KeyType(int.MaxValue)]
    public uint PredictedAction { get; set; }

    public float PredictedReward { get; set; }

    public float PredictedDiscount { get; set; }

    public float PredictedValue { get; set; }

    public float Surprise { get; set; }
}
