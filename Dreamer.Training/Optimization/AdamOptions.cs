using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Optimization;

/// <summary>The settings of one Adam optimizer; the defaults are DreamerV2's.</summary>
public sealed record AdamOptions
{
    /// <summary>The learning rate.</summary>
    /// <value>2e-4, the world model's on Atari.</value>
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>The decay of the first moment.</summary>
    /// <value>0.9.</value>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of the second moment.</summary>
    /// <value>0.999.</value>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment, which is not bias-corrected: TensorFlow's form of Adam.</summary>
    /// <value>1e-5.</value>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>The largest global norm of gradients; larger ones are scaled down.</summary>
    /// <value>100.</value>
    public double ClipNorm { get; init; } = 100;

    /// <summary>The share of every weight, including biases, that is subtracted before each step; the learning rate does not scale it.</summary>
    /// <value>1e-6.</value>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>Every error in these settings.</summary>
    /// <param name="name">Their name in messages.</param>
    internal IEnumerable<string> Errors(string name) =>
    [
        .. Positive($"{name}.{nameof(LearningRate)}", LearningRate),
        .. ShareBelowOne($"{name}.{nameof(Beta1)}", Beta1),
        .. ShareBelowOne($"{name}.{nameof(Beta2)}", Beta2),
        .. Positive($"{name}.{nameof(Epsilon)}", Epsilon),
        .. Unless(ClipNorm > 0, $"{name}.{nameof(ClipNorm)}", ClipNorm, "above 0 (infinity for no clipping)"),
        .. ShareBelowOne($"{name}.{nameof(WeightDecay)}", WeightDecay),
    ];
}
