namespace Dreamer.Training;

/// <summary>When and how a run is evaluated, and when it is good enough.</summary>
public sealed record EvaluationOptions
{
    /// <summary>After how many updates there is an evaluation.</summary>
    /// <value>1000.</value>
    public int EveryUpdates { get; init; } = 1000;

    /// <summary>How many episodes it plays, greedily.</summary>
    /// <value>10.</value>
    public int Episodes { get; init; } = 10;

    /// <summary>The mean return at which the run ends, or null to spend the whole budget.</summary>
    /// <value>Null.</value>
    public double? TargetReturn { get; init; }

    /// <summary>How much noise there is on the actions; see <see cref="DreamerOptions.ActionNoise"/>.</summary>
    /// <value>0.</value>
    public double ActionNoise { get; init; }

    /// <summary>What is wrong with these settings.</summary>
    internal IEnumerable<string> Problems()
    {
        const string Name = "Evaluation";
        if (EveryUpdates < 1)
        {
            yield return $"{Name}.{nameof(EveryUpdates)} is {EveryUpdates}; it must be at least 1.";
        }
        if (Episodes < 1)
        {
            yield return $"{Name}.{nameof(Episodes)} is {Episodes}; it must be at least 1.";
        }
        if (!(ActionNoise >= 0 && double.IsFinite(ActionNoise)))
        {
            yield return $"{Name}.{nameof(ActionNoise)} is {ActionNoise}; it must be 0 or above.";
        }
        if (TargetReturn is { } target && double.IsNaN(target))
        {
            yield return $"{Name}.{nameof(TargetReturn)} is not a number.";
        }
    }
}
