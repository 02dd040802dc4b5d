namespace Dreamer.Training.Telemetry;

/// <summary>What an evaluation found.</summary>
/// <param name="Updates">How many updates the agent had done.</param>
/// <param name="EnvironmentSteps">How many training steps it had seen.</param>
/// <param name="Episodes">How many episodes were played.</param>
/// <param name="MeanReturn">The mean of their returns.</param>
/// <param name="ReturnStd">The standard deviation of their returns.</param>
/// <param name="MeanLength">The mean of their lengths, in steps.</param>
public sealed record EvaluationResult(
    long Updates, long EnvironmentSteps, int Episodes, double MeanReturn, double ReturnStd, double MeanLength);
