using Dreamer.Inference;

namespace Dreamer.Training.Telemetry;

/// <summary>The result of an evaluation.</summary>
/// <param name="Updates">The updates of the agent so far.</param>
/// <param name="EnvironmentSteps">Its environment steps in training so far.</param>
/// <param name="Episodes">The number of episodes.</param>
/// <param name="MeanReturn">The mean of their returns.</param>
/// <param name="ReturnStd">The standard deviation of their returns.</param>
/// <param name="MeanLength">The mean of their lengths, in steps.</param>
public sealed record EvaluationResult(
    long Updates, long EnvironmentSteps, int Episodes, double MeanReturn, double ReturnStd, double MeanLength)
{
    /// <summary>The returns.</summary>
    public ReturnStatistics Return => new(MeanReturn, ReturnStd, Episodes);
}
