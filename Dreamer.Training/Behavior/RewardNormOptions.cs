namespace Dreamer.Training.Behavior;

/// <summary>How imagined rewards are brought to one size before returns are taken of them; by default they are not.</summary>
public sealed record RewardNormOptions
{
    /// <summary>How much of the running mean of the rewards' sizes stays at every update; 1 leaves rewards as they are.</summary>
    /// <value>1.</value>
    public double Momentum { get; init; } = 1;

    /// <summary>What normalized rewards are multiplied by.</summary>
    /// <value>1.</value>
    public double Scale { get; init; } = 1;

    /// <summary>Added to the running mean, which rewards are divided by.</summary>
    /// <value>1e-8.</value>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>What is wrong with these settings.</summary>
    internal IEnumerable<string> Problems(string name)
    {
        if (!(Momentum is >= 0 and <= 1))
        {
            yield return $"{name}.{nameof(Momentum)} is {Momentum}; it must be in [0, 1].";
        }
        if (!(Scale > 0 && double.IsFinite(Scale)))
        {
            yield return $"{name}.{nameof(Scale)} is {Scale}; it must be above 0.";
        }
        if (!(Epsilon > 0 && double.IsFinite(Epsilon)))
        {
            yield return $"{name}.{nameof(Epsilon)} is {Epsilon}; it must be above 0.";
        }
    }
}
