using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The names of a served agent's metrics and activities; <c>docs/serving.md</c> describes them.</summary>
public static class ServingDiagnostics
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Dreamer.Inference";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Dreamer.Inference";

    /// <summary>Counter: actions that were answered.</summary>
    public const string Actions = "dreamer.actions";

    /// <summary>Histogram, seconds: a step from its call to its answer.</summary>
    public const string StepDuration = "dreamer.step.duration";

    /// <summary>Histogram: steps that were run as one batch.</summary>
    public const string BatchSize = "dreamer.batch.size";

    /// <summary>Histogram, seconds: the run of a batch.</summary>
    public const string BatchDuration = "dreamer.batch.duration";

    /// <summary>Observed: steps that wait.</summary>
    public const string QueueLength = "dreamer.queue.length";

    /// <summary>Observed: sessions that live.</summary>
    public const string ActiveSessions = "dreamer.sessions.active";

    /// <summary>Observed: callers that wait for a session.</summary>
    public const string WaitingSessions = "dreamer.sessions.waiting";

    /// <summary>Counter: sessions that were ended because they were idle.</summary>
    public const string Evictions = "dreamer.sessions.evicted";

    /// <summary>Counter: calls that were refused, by <c>reason</c>, a <see cref="ServingFailure"/>.</summary>
    public const string Rejections = "dreamer.requests.rejected";

    /// <summary>Counter: steps whose outputs were not finite.</summary>
    public const string NonFiniteOutputs = "dreamer.outputs.nonfinite";

    /// <summary>Counter: reloads, by <c>outcome</c>, <c>swapped</c>, <c>refused</c> or <c>deferred</c>.</summary>
    public const string Reloads = "dreamer.agent.reloads";

    /// <summary>Observed: agents in memory, the served one and earlier ones that live episodes still use.</summary>
    public const string Generations = "dreamer.agent.generations";

    /// <summary>Histogram, seconds: a call of <see cref="IAgentServer"/>, by <c>operation</c> and <c>error.type</c>, where telemetry is used.</summary>
    public const string OperationDuration = "dreamer.operation.duration";

    /// <summary>The tag that names the agent.</summary>
    public const string AgentTag = "dreamer.agent";
}
