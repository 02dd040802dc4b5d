using Dreamer.Training.Health;
using Dreamer.Training.Telemetry;

namespace Dreamer.Training.Runs;

/// <summary>The counters of a run in a checkpoint.</summary>
internal sealed record TrainingState
{
    /// <summary>Environment steps so far.</summary>
    public long EnvironmentSteps { get; init; }

    /// <summary>Updates so far.</summary>
    public long Updates { get; init; }

    /// <summary>Updates that are due before the next environment step.</summary>
    public long DueUpdates { get; init; }

    /// <summary>Steps of the episodes that the run started with.</summary>
    public long GivenSteps { get; init; }

    /// <summary>Whether the prefill is over.</summary>
    public bool Prefilled { get; init; }

    /// <summary>Whether no episode had ended when the prefill ended.</summary>
    public bool Endless { get; init; }

    /// <summary>What was seen of the run's health.</summary>
    public HealthState? Health { get; init; }

    /// <summary>The number of metric lines written.</summary>
    public long LogLines { get; init; }

    /// <summary>The last evaluation.</summary>
    public EvaluationResult? Evaluation { get; init; }

    /// <summary>The highest mean return of an evaluation.</summary>
    public double? BestReturn { get; init; }
}
