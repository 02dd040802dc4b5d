using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training;

/// <summary>When and how a run is evaluated, and when it is done.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The updates between two evaluations.</summary>
    /// <value>1000.</value>
    public int EveryUpdates { get; init; } = 1000;

    /// <summary>The greedy episodes of an evaluation.</summary>
    /// <value>10.</value>
    public int Episodes { get; init; } = 10;

    /// <summary>The mean return at which the run ends, or null to spend the whole budget.</summary>
    /// <value>Null.</value>
    public double? TargetReturn { get; init; }

    /// <summary>The noise on the actions; see <see cref="DreamerOptions.ActionNoise"/>.</summary>
    /// <value>0.</value>
    public double ActionNoise { get; init; }

    /// <summary>The most steps of an episode of an evaluation, which is then cut; a task without an end needs it.</summary>
    /// <value>27,000, the reference's limit for Atari.</value>
    public int MaxSteps { get; init; } = 27_000;

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors()
    {
        const string Name = "Evaluation";
        return
        [
            .. AtLeast($"{Name}.{nameof(EveryUpdates)}", EveryUpdates, 1),
            .. AtLeast($"{Name}.{nameof(Episodes)}", Episodes, 1),
            .. NotNegative($"{Name}.{nameof(ActionNoise)}", ActionNoise),
            .. AtLeast($"{Name}.{nameof(MaxSteps)}", MaxSteps, 1),
            .. Unless(TargetReturn is not double.NaN, $"{Name}.{nameof(TargetReturn)}", double.NaN, "a number, or null to spend the whole budget"),
        ];
    }
}
