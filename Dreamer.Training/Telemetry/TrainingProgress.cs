namespace Dreamer.Training.Telemetry;

/// <summary>How far a run has come.</summary>
public sealed record TrainingProgress
{
    /// <summary>Environment steps so far, over all resumptions.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>Episodes so far.</summary>
    public required long Episodes { get; init; }

    /// <summary>Updates so far, over all resumptions.</summary>
    public required long Updates { get; init; }

    /// <summary>Updates that the run may do.</summary>
    public required long MaxUpdates { get; init; }

    /// <summary>Updates a second since the last report.</summary>
    public required double UpdatesPerSecond { get; init; }

    /// <summary>How long the whole budget would still take at this rate.</summary>
    public required TimeSpan TimeLeft { get; init; }

    /// <summary>How long this process has trained.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The mean return of the training episodes that ended since the last report, or null where none did.</summary>
    public double? TrainReturn { get; init; }

    /// <summary>The last evaluation, or null before the first.</summary>
    public EvaluationResult? Evaluation { get; init; }

    /// <summary>The means of all metrics since the last report, by the names of <see cref="MetricNames"/>.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Metrics { get; init; }
}
