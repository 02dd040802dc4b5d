using Dreamer.Training.Optimization;

namespace Dreamer.Training.WorldModel;

/// <summary>How the world model learns; the defaults are DreamerV2's.</summary>
public sealed record WorldModelOptions
{
    /// <summary>The weight of the KL loss.</summary>
    /// <value>1 (0.1 on Atari).</value>
    public double KlScale { get; init; } = 1;

    /// <summary>How much of the KL loss trains the prior; the rest trains the posterior. At exactly 0.5 it is the plain KL, not halved.</summary>
    /// <value>0.8.</value>
    public double KlBalance { get; init; } = 0.8;

    /// <summary>Whether the divergence is KL(prior || posterior) in place of KL(posterior || prior).</summary>
    /// <value>False.</value>
    public bool KlForward { get; init; }

    /// <summary>The KL below which nothing is learnt from it, in nats.</summary>
    /// <value>0.</value>
    public double FreeNats { get; init; }

    /// <summary>Whether the mean KL is compared with <see cref="FreeNats"/>, or each state's.</summary>
    /// <value>True: the mean.</value>
    public bool FreeAverage { get; init; } = true;

    /// <summary>The weight of the image loss.</summary>
    /// <value>1.</value>
    public double ImageScale { get; init; } = 1;

    /// <summary>The weight of the vector loss.</summary>
    /// <value>1.</value>
    public double VectorScale { get; init; } = 1;

    /// <summary>The weight of the reward loss.</summary>
    /// <value>1.</value>
    public double RewardScale { get; init; } = 1;

    /// <summary>The weight of the discount loss.</summary>
    /// <value>1 (5 on Atari).</value>
    public double DiscountScale { get; init; } = 1;

    /// <summary>Which heads' gradients reach the state.</summary>
    /// <value><see cref="GradientHeads.All"/>.</value>
    public GradientHeads GradientHeads { get; init; } = GradientHeads.All;

    /// <summary>What is done to recorded rewards before they are learnt.</summary>
    /// <value><see cref="RewardTransform.Identity"/>.</value>
    public RewardTransform RewardTransform { get; init; }

    /// <summary>The optimizer of encoder, recurrent model and heads.</summary>
    /// <value>A learning rate of 2e-4.</value>
    public AdamOptions Optimizer { get; init; } = new() { LearningRate = 2e-4 };

    /// <summary>What is wrong with these settings.</summary>
    internal IEnumerable<string> Problems()
    {
        const string Name = "WorldModel";
        (string Name, double Value)[] notNegative =
        [
            (nameof(KlScale), KlScale), (nameof(ImageScale), ImageScale), (nameof(VectorScale), VectorScale), (nameof(RewardScale), RewardScale),
            (nameof(DiscountScale), DiscountScale), (nameof(FreeNats), FreeNats),
        ];
        foreach (var (setting, value) in notNegative)
        {
            if (!(value >= 0 && double.IsFinite(value)))
            {
                yield return $"{Name}.{setting} is {value}; it must be 0 or above.";
            }
        }
        if (!(KlBalance is >= 0 and <= 1))
        {
            yield return $"{Name}.{nameof(KlBalance)} is {KlBalance}; it must be in [0, 1].";
        }
        if ((GradientHeads & ~GradientHeads.All) != GradientHeads.None)
        {
            yield return $"{Name}.{nameof(GradientHeads)} is {(int)GradientHeads}; it must be a combination of {GradientHeads.All}.";
        }
        if (!Enum.IsDefined(RewardTransform))
        {
            var names = string.Join(", ", Enum.GetNames<RewardTransform>());
            yield return $"{Name}.{nameof(RewardTransform)} is {(int)RewardTransform}; it must be one of {names}.";
        }
        foreach (var problem in Optimizer.Problems($"{Name}.{nameof(Optimizer)}"))
        {
            yield return problem;
        }
    }
}
