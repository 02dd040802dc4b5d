using Dreamer.Training.Environments;
using Dreamer.Training.Optimization;

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

    /// <summary>The part of dynamics backpropagation, from 0 to 1, where the gradient comes from both; a number or a schedule.</summary>
    /// <value>0.1.</value>
    public Schedule ActorGradientMix { get; init; } = 0.1;

    /// <summary>The weight of the policy's entropy in the actor's objective; a number or a schedule.</summary>
    /// <value>2e-3 (1e-3 on Atari, 1e-4 for continuous control).</value>
    public Schedule EntropyScale { get; init; } = 2e-3;

    /// <summary>How imagined rewards are brought to one size.</summary>
    /// <value>Not at all.</value>
    public RewardNormOptions RewardNorm { get; init; } = new();

    /// <summary>How returns are brought to one size for the actor.</summary>
    /// <value>Null: not at all.</value>
    public ReturnScaleOptions? ReturnScale { get; init; }

    /// <summary>
    /// Whether the reward of arriving in a state is part of that state's value, as in DreamerV1 and DreamerV2, or the first that counts is that of the
    /// next, as in DreamerV3.
    /// </summary>
    /// <value>True.</value>
    public bool ValueIncludesReward { get; init; } = true;

    /// <summary>
    /// Whether the recorded states that imagination starts from are learnt from, or only what follows them, as in DreamerV1, which also
    /// leaves out the last state of each sequence where a head predicts the discount.
    /// </summary>
    /// <value>True.</value>
    public bool LearnFromStart { get; init; } = true;

    /// <summary>What a second critic, which follows the first slowly, is for.</summary>
    /// <value><see cref="TargetCriticUse.Values"/>.</value>
    public TargetCriticUse TargetCritic { get; init; }

    /// <summary>After how many updates the target critic moves to the critic.</summary>
    /// <value>100.</value>
    public int TargetInterval { get; init; } = 100;

    /// <summary>How much of the way it then moves; the first time all of it.</summary>
    /// <value>1: it becomes a copy.</value>
    public double TargetFraction { get; init; } = 1;

    /// <summary>
    /// Whether dense layers round their inputs and weights to bfloat16 in imagination, and in the heads that judge what was imagined.
    /// Weights, sums, losses and optimizers stay in single precision, and so does all that the world model learns by.
    /// </summary>
    /// <value>False. Faster where the processor multiplies bfloat16; elsewhere slower.</value>
    public bool HalfPrecision { get; init; }

    /// <summary>The actor's optimizer.</summary>
    /// <value>A learning rate of 8e-5.</value>
    public AdamOptions ActorOptimizer { get; init; } = new() { LearningRate = 8e-5 };

    /// <summary>The critic's optimizer.</summary>
    /// <value>A learning rate of 2e-4.</value>
    public AdamOptions CriticOptimizer { get; init; } = new() { LearningRate = 2e-4 };

    /// <summary>Where the actor's gradient comes from in a space of actions.</summary>
    internal ActorGradient GradientFor(ActionSpace actions) => ActorGradient != ActorGradient.Auto ? ActorGradient
        : actions.IsDiscrete ? ActorGradient.Reinforce : ActorGradient.Dynamics;

    /// <summary>What is wrong with these settings.</summary>
    internal IEnumerable<string> Problems()
    {
        const string Name = "Behavior";
        if (Horizon < 2)
        {
            yield return $"{Name}.{nameof(Horizon)} is {Horizon}; it must be at least 2.";
        }
        if (!(Lambda is >= 0 and <= 1))
        {
            yield return $"{Name}.{nameof(Lambda)} is {Lambda}; it must be in [0, 1].";
        }
        if (!Enum.IsDefined(ActorGradient))
        {
            yield return $"{Name}.{nameof(ActorGradient)} is {(int)ActorGradient}; it must be one of {string.Join(", ", Enum.GetNames<ActorGradient>())}.";
        }
        if (!ActorGradientMix.IsWithin(0, 1))
        {
            yield return $"{Name}.{nameof(ActorGradientMix)} is {ActorGradientMix}; it must stay in [0, 1].";
        }
        if (!EntropyScale.IsWithin(0, double.MaxValue))
        {
            yield return $"{Name}.{nameof(EntropyScale)} is {EntropyScale}; it must stay 0 or above.";
        }
        if (!(TargetFraction is > 0 and <= 1))
        {
            yield return $"{Name}.{nameof(TargetFraction)} is {TargetFraction}; it must be in (0, 1].";
        }
        if (!Enum.IsDefined(TargetCritic))
        {
            yield return $"{Name}.{nameof(TargetCritic)} is {(int)TargetCritic}; it must be one of {string.Join(", ", Enum.GetNames<TargetCriticUse>())}.";
        }
        if (!LearnFromStart && !ValueIncludesReward)
        {
            yield return $"{Name}.{nameof(LearnFromStart)} is false; then {nameof(ValueIncludesReward)} must be true.";
        }
        foreach (var problem in ReturnScale?.Problems($"{Name}.{nameof(ReturnScale)}") ?? [])
        {
            yield return problem;
        }
        foreach (var problem in RewardNorm.Problems($"{Name}.{nameof(RewardNorm)}"))
        {
            yield return problem;
        }
        if (TargetInterval < 1)
        {
            yield return $"{Name}.{nameof(TargetInterval)} is {TargetInterval}; it must be at least 1.";
        }
        var optimizers = ActorOptimizer.Problems($"{Name}.{nameof(ActorOptimizer)}").Concat(CriticOptimizer.Problems($"{Name}.{nameof(CriticOptimizer)}"));
        foreach (var problem in optimizers)
        {
            yield return problem;
        }
    }
}
