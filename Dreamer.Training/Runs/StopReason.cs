namespace Dreamer.Training;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>An evaluation reached <see cref="EvaluationOptions.TargetReturn"/>.</summary>
    TargetReached,

    /// <summary><see cref="DreamerOptions.MaxUpdates"/> were done.</summary>
    BudgetSpent,

    /// <summary>It was cancelled; with a log directory, the same call resumes it.</summary>
    Cancelled,
}
