using Dreamer.Training.Optimization;

namespace Dreamer.Training.Behavior;

/// <summary>How actor and critic learn in imagination; the defaults are DreamerV2's for discrete actions.</summary>
public sealed record BehaviorOptions
{
    /// <summary>How many steps are imagined from every state (H).</summary>
    /// <value>15.</value>
    public int Horizon { get; init; } = 15;

    /// <summary>The weight of far against near estimates in the lambda-return.</summary>
    /// <value>0.95.</value>
    public double Lambda { get; init; } = 0.95;

    /// <summary>The weight of the policy's entropy in the actor's objective.</summary>
    /// <value>2e-3 (1e-3 on Atari).</value>
    public double EntropyScale { get; init; } = 2e-3;

    /// <summary>After how many updates the target critic becomes a copy of the critic.</summary>
    /// <value>100.</value>
    public int TargetInterval { get; init; } = 100;

    /// <summary>The actor's optimizer.</summary>
    /// <value>A learning rate of 8e-5.</value>
    public AdamOptions ActorOptimizer { get; init; } = new() { LearningRate = 8e-5 };

    /// <summary>The critic's optimizer.</summary>
    /// <value>A learning rate of 2e-4.</value>
    public AdamOptions CriticOptimizer { get; init; } = new() { LearningRate = 2e-4 };

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
        if (!(EntropyScale >= 0 && double.IsFinite(EntropyScale)))
        {
            yield return $"{Name}.{nameof(EntropyScale)} is {EntropyScale}; it must be 0 or above.";
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
