using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Traces calls as activities and measures how long they take.</summary>
internal sealed class TelemetryAgentServer : ObservingAgentServer
{
    // One per process: listeners subscribe by name, and without listeners it costs nothing.
    private static readonly ActivitySource Source = new(ServingDiagnostics.ActivitySourceName);
    private static readonly Meter OwnMeter = new(ServingDiagnostics.MeterName);

    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;

    internal TelemetryAgentServer(IAgentServer inner, TimeProvider time, IMeterFactory? meters)
        : base(inner)
    {
        _time = time;
        _duration = (meters?.Create(ServingDiagnostics.MeterName) ?? OwnMeter).CreateHistogram<double>(
            ServingDiagnostics.OperationDuration, "s", "A call of a served agent.");
    }

    protected override bool IsWatching => _duration.Enabled || Source.HasListeners();

    protected override async Task<T> WatchAsync<T>(string operation, string? sessionId, Func<Task<T>> call)
    {
        using var activity = Source.StartActivity($"dreamer.{operation}");
        var start = _time.GetTimestamp();
        string? error = null;
        try
        {
            var result = await call();
            if (result is AgentStep step)
            {
                activity?.SetTag("dreamer.episode.step", step.Step);
            }
            return result;
        }
        catch (Exception e)
        {
            error = e is AgentServingException refused ? ServingMetrics.Reason(refused.Failure) : e.GetType().FullName;
            activity?.SetStatus(ActivityStatusCode.Error, e.Message).SetTag("error.type", error);
            throw;
        }
        finally
        {
            activity?.SetTag(ServingDiagnostics.AgentTag, Manifest.Name);
            var tags = new TagList { { ServingDiagnostics.AgentTag, Manifest.Name }, { "operation", operation } };
            if (error is not null)
            {
                tags.Add("error.type", error);
            }
            _duration.Record(_time.GetElapsedTime(start).TotalSeconds, tags);
        }
    }
}
