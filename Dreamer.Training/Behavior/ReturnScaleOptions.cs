namespace Dreamer.Training.Behavior;

/// <summary>How returns are brought to one size for the actor, so that one entropy scale does for every task (Hafner et al. 2023).</summary>
public sealed record ReturnScaleOptions
{
    /// <summary>How much of the running percentiles stays at every update.</summary>
    /// <value>0.99.</value>
    public double Decay { get; init; } = 0.99;

    /// <summary>The lower percentile.</summary>
    /// <value>5.</value>
    public double Low { get; init; } = 5;

    /// <summary>The upper percentile; what lies between the two is the size that advantages are divided by.</summary>
    /// <value>95.</value>
    public double High { get; init; } = 95;

    /// <summary>The least size: smaller returns are not made larger.</summary>
    /// <value>1.</value>
    public double Least { get; init; } = 1;

    /// <summary>What is wrong with these settings.</summary>
    internal IEnumerable<string> Problems(string name)
    {
        if (!(Decay is >= 0 and < 1))
        {
            yield return $"{name}.{nameof(Decay)} is {Decay}; it must be in [0, 1).";
        }
        if (!(Low >= 0 && Low < High && High <= 100))
        {
            yield return $"{name} goes from percentile {Low} to {High}; 0 or above is expected, then a greater one up to 100.";
        }
        if (!(Least > 0 && double.IsFinite(Least)))
        {
            yield return $"{name}.{nameof(Least)} is {Least}; it must be above 0.";
        }
    }
}
