namespace Dreamer.Training.Export;

/// <summary>The differences of an exported agent from its original networks.</summary>
/// <param name="Outputs">The outputs of all graphs, in order.</param>
/// <param name="Tolerance">The largest difference that passes, relative to expected values above 1.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ParityReport(IReadOnlyList<OutputParity> Outputs, double Tolerance)
{
    /// <summary>The largest absolute difference over all outputs.</summary>
    public double MaxAbsDifference => Outputs.Max(output => output.MaxAbsDifference);

    /// <summary>The largest difference over all outputs, relative to expected values above 1.</summary>
    public double MaxScaledDifference => Outputs.Max(output => output.MaxScaledDifference);

    /// <summary>The number of samples that differ although their two best candidates are clearly apart, over all outputs.</summary>
    public long DifferingSamples => Outputs.Sum(output => output.DifferingSamples);

    /// <summary>Whether every difference is within the tolerance and no sample differs that should not.</summary>
    public bool Passed => Outputs.All(output => output.MaxScaledDifference <= Tolerance) && DifferingSamples == 0;
}
