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

    /// <summary>The global norm that gradients are scaled down to where they are larger.</summary>
    /// <value>100.</value>
    public double ClipNorm { get; init; } = 100;

    /// <summary>The part of every weight, biases included, that is taken away before each step; the learning rate does not scale it.</summary>
    /// <value>1e-6.</value>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>What is wrong with these settings.</summary>
    /// <param name="name">How messages call them.</param>
    internal IEnumerable<string> Problems(string name)
    {
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
        {
            yield return $"{name}.{nameof(LearningRate)} is {LearningRate}; it must be above 0.";
        }
        if (!(Beta1 is >= 0 and < 1))
        {
            yield return $"{name}.{nameof(Beta1)} is {Beta1}; it must be in [0, 1).";
        }
        if (!(Beta2 is >= 0 and < 1))
        {
            yield return $"{name}.{nameof(Beta2)} is {Beta2}; it must be in [0, 1).";
        }
        if (!(Epsilon > 0 && double.IsFinite(Epsilon)))
        {
            yield return $"{name}.{nameof(Epsilon)} is {Epsilon}; it must be above 0.";
        }
        if (!(ClipNorm > 0))
        {
            yield return $"{name}.{nameof(ClipNorm)} is {ClipNorm}; it must be above 0 (infinity for no clipping).";
        }
        if (!(WeightDecay is >= 0 and < 1))
        {
            yield return $"{name}.{nameof(WeightDecay)} is {WeightDecay}; it must be in [0, 1).";
        }
    }
}
