using Dreamer.Training.Tracing;
using static Dreamer.Training.Validation.OptionErrors;

namespace Dreamer.Training.Distributions;

/// <summary>How a network's output becomes a standard deviation: <c>Kind(output + Shift) + Least</c>.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Least">Added to the function, so that a deviation never comes near 0.</param>
/// <param name="Shift">Added to the output first, so that training can start from another deviation.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StandardDeviation(DeviationKind Kind = DeviationKind.Sigmoid2, float Least = 0.1f, float Shift = 0)
{
    /// <summary>The deviation of each output.</summary>
    /// <param name="output">Any numbers, in any shape.</param>
    /// <returns>Positive numbers in the same shape.</returns>
    internal Traced Apply(Traced output)
    {
        var shifted = Shift == 0 ? output : output + Shift;
        var positive = Kind switch
        {
            DeviationKind.Softplus => shifted.Softplus(),
            DeviationKind.Sigmoid => shifted.Sigmoid(),
            _ => (shifted * 0.5f).Sigmoid() * 2,
        };
        return positive + Least;
    }

    /// <summary>Every error in these settings.</summary>
    internal IEnumerable<string> Errors(string name) =>
    [
        .. Defined($"{name}.{nameof(Kind)}", Kind),
        .. NotNegative($"{name}.{nameof(Least)}", Least),
        .. Unless(float.IsFinite(Shift), $"{name}.{nameof(Shift)}", Shift, "finite"),
    ];
}
