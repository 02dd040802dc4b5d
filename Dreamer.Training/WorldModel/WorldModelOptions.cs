using Dreamer.Training.Optimization;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.WorldModel;

/// <summary>How the world model learns; the defaults are DreamerV2's.</summary>
public sealed record WorldModelOptions
{
    /// <summary>The weight of the KL loss.</summary>
    /// <value>1 (0.1 on Atari).</value>
    public double KlScale { get; init; } = 1;

    /// <summary>
    /// The share of the KL loss that trains the prior; the rest trains the posterior. At exactly 0.5 it is the plain KL, not halved, with
    /// <see cref="FreeNats"/> in each state, whatever <see cref="FreeAverage"/> says.
    /// </summary>
    /// <value>0.8.</value>
    public double KlBalance { get; init; } = 0.8;

    /// <summary>
    /// Whether prior and posterior have terms of their own; otherwise the loss is the plain KL, max(<see cref="FreeNats"/>, mean KL), as in DreamerV1
    /// (danijar/dreamer, dreamer.py, _train).
    /// </summary>
    /// <value>True.</value>
    public bool KlBalanced { get; init; } = true;

    /// <summary>Whether the divergence is KL(prior || posterior) instead of KL(posterior || prior).</summary>
    /// <value>False.</value>
    public bool KlForward { get; init; }

    /// <summary>The KL in nats below which it teaches nothing.</summary>
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

    /// <summary>The transformation of recorded rewards before they are learned.</summary>
    /// <value><see cref="RewardTransform.Identity"/>.</value>
    public RewardTransform RewardTransform { get; init; }

    /// <summary>The optimizer of encoder, recurrent model and heads.</summary>
    /// <value>A learning rate of 2e-4.</value>
    public AdamOptions Optimizer { get; init; } = new() { LearningRate = 2e-4 };

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors()
    {
        const string Name = "WorldModel";
        return
        [
            .. NotNegative($"{Name}.{nameof(KlScale)}", KlScale),
            .. Share($"{Name}.{nameof(KlBalance)}", KlBalance),
            .. NotNegative($"{Name}.{nameof(FreeNats)}", FreeNats),
            .. NotNegative($"{Name}.{nameof(ImageScale)}", ImageScale),
            .. NotNegative($"{Name}.{nameof(VectorScale)}", VectorScale),
            .. NotNegative($"{Name}.{nameof(RewardScale)}", RewardScale),
            .. NotNegative($"{Name}.{nameof(DiscountScale)}", DiscountScale),
            .. Unless(
                (GradientHeads & ~GradientHeads.All) == GradientHeads.None, $"{Name}.{nameof(GradientHeads)}", GradientHeads, $"a combination of {GradientHeads.All}"),
            .. Defined($"{Name}.{nameof(RewardTransform)}", RewardTransform),
            .. Optimizer.Errors($"{Name}.{nameof(Optimizer)}"),
        ];
    }
}
