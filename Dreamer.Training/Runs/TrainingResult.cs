using Dreamer.Training.Telemetry;

namespace Dreamer.Training;

/// <summary>The result of a run.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Updates">Updates so far, over all resumptions.</param>
/// <param name="EnvironmentSteps">Environment steps so far.</param>
/// <param name="Episodes">Training episodes so far.</param>
/// <param name="Evaluation">The last evaluation, or null if there was none.</param>
/// <param name="Elapsed">The training time of this process.</param>
public sealed record TrainingResult(
    StopReason Reason, long Updates, long EnvironmentSteps, long Episodes, EvaluationResult? Evaluation, TimeSpan Elapsed);
