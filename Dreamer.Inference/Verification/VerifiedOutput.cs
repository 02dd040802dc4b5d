namespace Dreamer.Inference.Verification;

/// <summary>The result of comparing one output of a graph with its expected values.</summary>
/// <param name="Check">What it was compared with.</param>
/// <param name="Graph">The graph.</param>
/// <param name="Output">The output.</param>
/// <param name="Values">How many numbers were compared.</param>
/// <param name="LargestDifference">The largest absolute difference.</param>
/// <param name="Passed">Whether every number is finite and within its tolerance.</param>
public sealed record VerifiedOutput(VerificationCheck Check, string Graph, string Output, long Values, double LargestDifference, bool Passed);
