using Dreamer.Training.Behavior;
using Dreamer.Training.Optimization;

namespace Dreamer.Training.Exploration;

/// <summary>How a run gathers experience; the defaults are DreamerV2's.</summary>
public sealed record ExplorationOptions
{
    /// <summary>Who acts while a run gathers experience.</summary>
    /// <value><see cref="ExplorationBehavior.Task"/>.</value>
    public ExplorationBehavior Behavior { get; init; }

    /// <summary>For how many environment steps it does; then the task's policy acts. 0 for always.</summary>
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

    /// <summary>Plan2Explore: how the two rewards are brought to one size, each by itself.</summary>
    /// <value>Not at all.</value>
    public RewardNormOptions RewardNorm { get; init; } = new();

    /// <summary>Plan2Explore: the optimizer of the heads.</summary>
    /// <value>A learning rate of 3e-4.</value>
    public AdamOptions Optimizer { get; init; } = new() { LearningRate = 3e-4 };

    /// <summary>Whether it still goes on.</summary>
    /// <param name="environmentSteps">Environment steps so far.</param>
    internal bool IsOn(long environmentSteps) => Until == 0 || environmentSteps < Until;

    /// <summary>What is wrong with these settings.</summary>
    internal IEnumerable<string> Problems()
    {
        const string Name = "Exploration";
        if (!Enum.IsDefined(Behavior))
        {
            yield return $"{Name}.{nameof(Behavior)} is {(int)Behavior}; it must be one of {string.Join(", ", Enum.GetNames<ExplorationBehavior>())}.";
        }
        (string Name, long Value, long Least)[] whole =
        [
            (nameof(Until), Until, 0), (nameof(Heads), Heads, 2), (nameof(HeadUnits), HeadUnits, 1), (nameof(HeadLayers), HeadLayers, 1),
        ];
        foreach (var (setting, value, least) in whole.Where(entry => entry.Value < entry.Least))
        {
            yield return $"{Name}.{setting} is {value}; it must be at least {least}.";
        }
        (string Name, double Value)[] scales = [(nameof(IntrinsicScale), IntrinsicScale), (nameof(ExtrinsicScale), ExtrinsicScale)];
        foreach (var (setting, value) in scales.Where(entry => !(entry.Value >= 0 && double.IsFinite(entry.Value))))
        {
            yield return $"{Name}.{setting} is {value}; it must be 0 or above.";
        }
        foreach (var problem in RewardNorm.Problems($"{Name}.{nameof(RewardNorm)}").Concat(Optimizer.Problems($"{Name}.{nameof(Optimizer)}")))
        {
            yield return problem;
        }
    }
}
