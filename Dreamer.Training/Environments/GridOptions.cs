namespace Dreamer.Training.Environments;

/// <summary>How <see cref="Grid"/> is played; the defaults are the classic task's.</summary>
public sealed record GridOptions
{
    /// <summary>The task with neither slipping nor a cost, seen as an image, 20 steps at most: a perfect policy scores 1.</summary>
    public static GridOptions Easy { get; } = new()
    {
        SlipProbability = 0, StepReward = 0, MaxSteps = 20, Observation = ObservationKind.Image,
    };

    /// <summary>How it is shown.</summary>
    /// <value><see cref="ObservationKind.Vector"/>.</value>
    public ObservationKind Observation { get; init; }

    /// <summary>The probability that a step goes to a side of where it was meant to go, half of it to each; 0 to 1.</summary>
    /// <value>0.2.</value>
    public double SlipProbability { get; init; } = 0.2;

    /// <summary>The reward of a step that reaches neither goal nor hole.</summary>
    /// <value>-0.04.</value>
    public float StepReward { get; init; } = -0.04f;

    /// <summary>After how many steps an episode is cut; at least 1.</summary>
    /// <value>50.</value>
    public int MaxSteps { get; init; } = 50;

    /// <summary>Everything that is wrong with these options.</summary>
    internal IReadOnlyList<string> Problems() =>
    [
        .. If(!Enum.IsDefined(Observation), $"{nameof(Observation)} is {Observation}; it must be Vector or Image."),
        .. If(!(SlipProbability is >= 0 and <= 1), $"{nameof(SlipProbability)} is {SlipProbability}; it must be in [0, 1]."),
        .. If(!float.IsFinite(StepReward), $"{nameof(StepReward)} is {StepReward}; it must be finite."),
        .. If(MaxSteps < 1, $"{nameof(MaxSteps)} is {MaxSteps}; it must be at least 1."),
    ];

    private static IEnumerable<string> If(bool wrong, string problem) => wrong ? [problem] : [];
}
