using Dreamer.Training.Environments;
using Dreamer.Training.Optimization;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Behavior;

/// <summary>How actor and critic learn in imagination; the defaults are DreamerV2's.</summary>
public sealed record BehaviorOptions
{
    /// <summary>How many steps are imagined from every state (H).</summary>
    /// <value>15.</value>
    public int Horizon { get; init; } = 15;

    /// <summary>The weight of far against near estimates in the lambda-return.</summary>
    /// <value>0.95.</value>
    public double Lambda { get; init; } = 0.95;

    /// <summary>Where the actor's gradient comes from.</summary>
    /// <value><see cref="Behavior.ActorGradient.Auto"/>.</value>
    public ActorGradient ActorGradient { get; init; }

    /// <summary>The share of dynamics backpropagation, from 0 to 1, if the gradient comes from both; a number or a schedule.</summary>
    /// <value>0.1.</value>
    public Schedule ActorGradientMix { get; init; } = 0.1;

    /// <summary>The weight of the policy's entropy in the actor's objective; a number or a schedule.</summary>
    /// <value>2e-3 (1e-3 on Atari, 1e-4 for continuous control).</value>
    public Schedule EntropyScale { get; init; } = 2e-3;

    /// <summary>How imagined rewards are normalized.</summary>
    /// <value>They are not.</value>
    public RewardNormOptions RewardNorm { get; init; } = new();

    /// <summary>How returns are normalized for the actor.</summary>
    /// <value>Null: they are not.</value>
    public ReturnScaleOptions? ReturnScale { get; init; }

    /// <summary>
    /// Whether the reward of arriving in a state is part of that state's value, as in DreamerV1 and DreamerV2, or a value begins with the reward of
    /// the next state, as in DreamerV3.
    /// </summary>
    /// <value>True.</value>
    public bool ValueIncludesReward { get; init; } = true;

    /// <summary>
    /// Whether the recorded states that imagination starts from are learned from, or only what follows them, as in DreamerV1, which also
    /// leaves out the last state of each sequence if a head predicts the discount.
    /// </summary>
    /// <value>True.</value>
    public bool LearnFromStart { get; init; } = true;

    /// <summary>The use of a second critic, which follows the first slowly.</summary>
    /// <value><see cref="TargetCriticUse.Values"/>.</value>
    public TargetCriticUse TargetCritic { get; init; }

    /// <summary>The number of updates between two moves of the target critic.</summary>
    /// <value>100.</value>
    public int TargetInterval { get; init; } = 100;

    /// <summary>The fraction of the way to the critic that it moves; the first time it moves all the way.</summary>
    /// <value>1: it becomes a copy.</value>
    public double TargetFraction { get; init; } = 1;

    /// <summary>
    /// Whether dense layers round their inputs and weights to bfloat16 in imagination and in the heads that evaluate it.
    /// Weights, sums, losses and optimizers stay in single precision, and so does the learning of the world model.
    /// </summary>
    /// <value>False. Faster if the processor multiplies bfloat16, otherwise slower.</value>
    public bool HalfPrecision { get; init; }

    /// <summary>The actor's optimizer.</summary>
    /// <value>A learning rate of 8e-5.</value>
    public AdamOptions ActorOptimizer { get; init; } = new() { LearningRate = 8e-5 };

    /// <summary>The critic's optimizer.</summary>
    /// <value>A learning rate of 2e-4.</value>
    public AdamOptions CriticOptimizer { get; init; } = new() { LearningRate = 2e-4 };

    /// <summary>Where the actor's gradient comes from in an action space.</summary>
    internal ActorGradient GradientFor(ActionSpace actions) => ActorGradient != ActorGradient.Auto ? ActorGradient
        : actions.IsDiscrete ? ActorGradient.Reinforce : ActorGradient.Dynamics;

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors()
    {
        const string Name = "Behavior";
        return
        [
            .. AtLeast($"{Name}.{nameof(Horizon)}", Horizon, 2),
            .. Share($"{Name}.{nameof(Lambda)}", Lambda),
            .. Defined($"{Name}.{nameof(ActorGradient)}", ActorGradient),
            .. Unless(ActorGradientMix.IsWithin(0, 1), $"{Name}.{nameof(ActorGradientMix)}", ActorGradientMix, "in [0, 1] at every step"),
            .. Unless(EntropyScale.IsWithin(0, double.MaxValue), $"{Name}.{nameof(EntropyScale)}", EntropyScale, "0 or above at every step"),
            .. ShareAboveZero($"{Name}.{nameof(TargetFraction)}", TargetFraction),
            .. Defined($"{Name}.{nameof(TargetCritic)}", TargetCritic),
            .. Unless(
                LearnFromStart || ValueIncludesReward, $"{Name}.{nameof(LearnFromStart)}", "false", $"true if {nameof(ValueIncludesReward)} is false"),
            .. ReturnScale?.Errors($"{Name}.{nameof(ReturnScale)}") ?? [],
            .. RewardNorm.Errors($"{Name}.{nameof(RewardNorm)}"),
            .. AtLeast($"{Name}.{nameof(TargetInterval)}", TargetInterval, 1),
            .. ActorOptimizer.Errors($"{Name}.{nameof(ActorOptimizer)}"),
            .. CriticOptimizer.Errors($"{Name}.{nameof(CriticOptimizer)}"),
        ];
    }
}
