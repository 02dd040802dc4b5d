namespace Dreamer.Training.Export;

/// <summary>How far one output of an exported graph is from what TorchSharp computes.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Output">The output.</param>
/// <param name="MaxAbsDifference">
/// The greatest absolute difference. Samples are not counted here; of an image in bytes, what is counted is how much further than
/// rounding it is from TorchSharp's unrounded one, on the scale where black to white is 1.
/// </param>
/// <param name="Samples">How many samples were compared; 0 where the output holds none.</param>
/// <param name="DifferingSamples">How many samples differ although the two best candidates are clearly apart; none may.</param>
/// <param name="DifferingTies">How many samples differ because the two best candidates are closer than that.</param>
public sealed record OutputParity(
    string Graph, string Output, double MaxAbsDifference, long Samples, long DifferingSamples, long DifferingTies);
