using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Behavior;

/// <summary>How imagined rewards are normalized before returns are computed; by default they are not.</summary>
public sealed record RewardNormOptions
{
    /// <summary>The decay of the running mean of the rewards' magnitudes per update; 1 leaves rewards unchanged.</summary>
    /// <value>1.</value>
    public double Momentum { get; init; } = 1;

    /// <summary>The factor of normalized rewards.</summary>
    /// <value>1.</value>
    public double Scale { get; init; } = 1;

    /// <summary>Added to the running mean, the divisor of rewards.</summary>
    /// <value>1e-8.</value>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors(string name) =>
    [
        .. Share($"{name}.{nameof(Momentum)}", Momentum),
        .. Positive($"{name}.{nameof(Scale)}", Scale),
        .. Positive($"{name}.{nameof(Epsilon)}", Epsilon),
    ];
}
