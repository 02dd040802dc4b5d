using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Behavior;

/// <summary>How returns are normalized for the actor, so that one entropy scale suits every task (Hafner et al. 2023).</summary>
public sealed record ReturnScaleOptions
{
    /// <summary>The decay of the running percentiles per update.</summary>
    /// <value>0.99.</value>
    public double Decay { get; init; } = 0.99;

    /// <summary>The lower percentile.</summary>
    /// <value>5.</value>
    public double Low { get; init; } = 5;

    /// <summary>The upper percentile; advantages are divided by the range between the two.</summary>
    /// <value>95.</value>
    public double High { get; init; } = 95;

    /// <summary>The smallest divisor: small returns are not enlarged.</summary>
    /// <value>1.</value>
    public double Least { get; init; } = 1;

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors(string name) =>
    [
        .. ShareBelowOne($"{name}.{nameof(Decay)}", Decay),
        .. Unless(Low >= 0 && Low < High, $"{name}.{nameof(Low)}", Low, $"in [0, {High}), below {nameof(High)}"),
        .. Unless(High <= 100, $"{name}.{nameof(High)}", High, "at most 100"),
        .. Positive($"{name}.{nameof(Least)}", Least),
    ];
}
