namespace Dreamer.Training.Export;

/// <summary>The difference of one output of an exported graph from TorchSharp's.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Output">The output.</param>
/// <param name="MaxAbsDifference">
/// The largest absolute difference, without samples. For an image in bytes it is the difference beyond
/// rounding from TorchSharp's unrounded one, on the scale where black to white is 1.
/// </param>
/// <param name="Samples">The number of samples compared; 0 if the output has none.</param>
/// <param name="DifferingSamples">The number of samples that differ although their two best candidates are clearly apart; must be 0.</param>
/// <param name="DifferingTies">The number of samples that differ in a tie of their two best candidates.</param>
public sealed record OutputParity(
    string Graph, string Output, double MaxAbsDifference, long Samples, long DifferingSamples, long DifferingTies)
{
    /// <summary>The largest difference relative to the expected value where that is above 1, as <c>dreamer verify</c> compares.</summary>
    public double MaxScaledDifference { get; init; } = MaxAbsDifference;
}
