using Dreamer.Training.Behavior;
using Dreamer.Training.Optimization;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Exploration;

/// <summary>How a run gathers experience; the defaults are DreamerV2's.</summary>
public sealed record ExplorationOptions
{
    /// <summary>Which behavior gathers experience.</summary>
    /// <value><see cref="ExplorationBehavior.Task"/>.</value>
    public ExplorationBehavior Behavior { get; init; }

    /// <summary>The environment steps until the task's policy takes over; 0 for never.</summary>
    /// <value>0.</value>
    public long Until { get; init; }

    /// <summary>Plan2Explore: how many heads predict the next stochastic state.</summary>
    /// <value>10.</value>
    public int Heads { get; init; } = 10;

    /// <summary>Plan2Explore: the width of the heads' layers.</summary>
    /// <value>400.</value>
    public int HeadUnits { get; init; } = 400;

    /// <summary>Plan2Explore: how many layers a head has before its output layer.</summary>
    /// <value>4.</value>
    public int HeadLayers { get; init; } = 4;

    /// <summary>Plan2Explore: whether the logarithm of the disagreement is the reward.</summary>
    /// <value>False.</value>
    public bool LogDisagreement { get; init; }

    /// <summary>Plan2Explore: the weight of the disagreement in the reward.</summary>
    /// <value>1.</value>
    public double IntrinsicScale { get; init; } = 1;

    /// <summary>Plan2Explore: the weight of the task's predicted reward in the reward.</summary>
    /// <value>0.</value>
    public double ExtrinsicScale { get; init; }

    /// <summary>Plan2Explore: how each of the two rewards is normalized.</summary>
    /// <value>They are not.</value>
    public RewardNormOptions RewardNorm { get; init; } = new();

    /// <summary>Plan2Explore: the optimizer of the heads.</summary>
    /// <value>A learning rate of 3e-4.</value>
    public AdamOptions Optimizer { get; init; } = new() { LearningRate = 3e-4 };

    /// <summary>Whether exploration is still on.</summary>
    /// <param name="environmentSteps">Environment steps so far.</param>
    internal bool IsOn(long environmentSteps) => Until == 0 || environmentSteps < Until;

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors()
    {
        const string Name = "Exploration";
        return
        [
            .. Defined($"{Name}.{nameof(Behavior)}", Behavior),
            .. AtLeast($"{Name}.{nameof(Until)}", Until, 0),
            .. AtLeast($"{Name}.{nameof(Heads)}", Heads, 2),
            .. AtLeast($"{Name}.{nameof(HeadUnits)}", HeadUnits, 1),
            .. AtLeast($"{Name}.{nameof(HeadLayers)}", HeadLayers, 1),
            .. NotNegative($"{Name}.{nameof(IntrinsicScale)}", IntrinsicScale),
            .. NotNegative($"{Name}.{nameof(ExtrinsicScale)}", ExtrinsicScale),
            .. RewardNorm.Errors($"{Name}.{nameof(RewardNorm)}"),
            .. Optimizer.Errors($"{Name}.{nameof(Optimizer)}"),
        ];
    }
}
