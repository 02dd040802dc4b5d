using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Environments;

/// <summary>The variant of <see cref="Grid"/>; the defaults are the classic task's.</summary>
public sealed record GridOptions
{
    /// <summary>The task without slips or step costs, with image observations and at most 20 steps: a perfect policy scores 1.</summary>
    public static GridOptions Easy { get; } = new()
    {
        SlipProbability = 0, StepReward = 0, MaxSteps = 20, Observation = ObservationKind.Image,
    };

    /// <summary>The kind of observation.</summary>
    /// <value><see cref="ObservationKind.Vector"/>.</value>
    public ObservationKind Observation { get; init; }

    /// <summary>The probability that a step slips to a side, half of it to each side; 0 to 1.</summary>
    /// <value>0.2.</value>
    public double SlipProbability { get; init; } = 0.2;

    /// <summary>The reward of a step that reaches neither the goal nor the hole.</summary>
    /// <value>-0.04.</value>
    public float StepReward { get; init; } = -0.04f;

    /// <summary>The steps after which an episode is truncated; at least 1.</summary>
    /// <value>50.</value>
    public int MaxSteps { get; init; } = 50;

    /// <summary>Every error in these options.</summary>
    internal IEnumerable<string> Errors() =>
    [
        .. Defined(nameof(Observation), Observation),
        .. Share(nameof(SlipProbability), SlipProbability),
        .. Unless(float.IsFinite(StepReward), nameof(StepReward), StepReward, "finite"),
        .. AtLeast(nameof(MaxSteps), MaxSteps, 1),
    ];
}
