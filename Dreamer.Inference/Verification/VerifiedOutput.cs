namespace Dreamer.Inference.Verification;

/// <summary>How one output of a graph compares with its recorded value.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Output">The output.</param>
/// <param name="Values">How many numbers were compared.</param>
/// <param name="LargestDifference">The largest absolute difference.</param>
/// <param name="Passed">Whether every number is within its tolerance.</param>
public sealed record VerifiedOutput(string Graph, string Output, int Values, double LargestDifference, bool Passed);
