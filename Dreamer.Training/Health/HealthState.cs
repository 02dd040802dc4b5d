namespace Dreamer.Training.Health;

/// <summary>What <see cref="RunHealth"/> remembers of the lines so far, so that a resumed run repeats no notice and forgets none.</summary>
public sealed record HealthState
{
    /// <summary>The metrics of the notices that were given.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>For how many lines each metric has been ill.</summary>
    public IReadOnlyDictionary<string, int> Streaks { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The first mean return of training episodes.</summary>
    public double? FirstReturn { get; init; }

    /// <summary>The highest one.</summary>
    public double? BestReturn { get; init; }
}
