namespace Dreamer.Training.Telemetry;

/// <summary>The progress of a run.</summary>
public sealed record TrainingProgress
{
    /// <summary>Environment steps so far, over all resumptions.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>Episodes so far.</summary>
    public required long Episodes { get; init; }

    /// <summary>Updates so far, over all resumptions.</summary>
    public required long Updates { get; init; }

    /// <summary>The most updates of the run.</summary>
    public required long MaxUpdates { get; init; }

    /// <summary>Updates a second since the last report.</summary>
    public required double UpdatesPerSecond { get; init; }

    /// <summary>The time left for the whole budget at this rate.</summary>
    public required TimeSpan TimeLeft { get; init; }

    /// <summary>The training time of this process.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The mean return of the training episodes that ended since the last report, or null if none did.</summary>
    public double? TrainReturn { get; init; }

    /// <summary>The last evaluation, or null before the first.</summary>
    public EvaluationResult? Evaluation { get; init; }

    /// <summary>The means of all metrics since the last report, by the names of <see cref="MetricNames"/>.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Metrics { get; init; }
}
