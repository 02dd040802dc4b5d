using Dreamer.Inference.Stepping;

namespace Dreamer.MLNet.Rows;

/// <summary>The one check that numbers of a column are finite: a graph would turn a NaN into a finite, wrong answer.</summary>
internal static class FiniteColumn
{
    /// <summary>Refuses or replaces numbers that are not finite.</summary>
    /// <exception cref="InvalidDataException">A number is not finite and must be.</exception>
    internal static void Require(Span<float> values, string column, RowName row, NonFiniteInput nonFinite)
    {
        if (FiniteNumbers.IndexOfNonFinite(values) < 0)
        {
            return;
        }
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                values[i] = nonFinite == NonFiniteInput.Zero ? 0 : throw new InvalidDataException(
                    $"Column '{column}' has {values[i]} as number {i} at {row}; all numbers must be finite. Replace missing values before this step (ReplaceMissingValues), " +
                    $"or set {nameof(NonFiniteInput)}.{nameof(NonFiniteInput.Zero)}.");
            }
        }
    }

    /// <summary>Refuses a number that is not finite.</summary>
    /// <exception cref="InvalidDataException">It is not finite.</exception>
    internal static float Require(float value, string column, RowName row) => float.IsFinite(value) ? value : throw new InvalidDataException(
        $"Column '{column}' has {value} at {row}; all numbers must be finite. Replace missing values before this step (ReplaceMissingValues).");
}
