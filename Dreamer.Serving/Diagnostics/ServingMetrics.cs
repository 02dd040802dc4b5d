using System.Diagnostics.Metrics;
using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The instruments of one pool.</summary>
/// <remarks>Thread-safe. A meter of a factory's is the factory's to dispose.</remarks>
internal sealed class ServingMetrics : IDisposable
{
    private readonly KeyValuePair<string, object?> _agent;
    private readonly Meter _meter;
    private readonly bool _owned;
    private readonly Counter<long> _actions;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _nonFinite;
    private readonly Counter<long> _reloads;
    private readonly Histogram<double> _stepDuration;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _batchDuration;

    internal ServingMetrics(string agent, IMeterFactory? factory)
    {
        (_owned, _meter) = (factory is null, factory?.Create(ServingDiagnostics.MeterName) ?? new Meter(ServingDiagnostics.MeterName));
        _agent = new(ServingDiagnostics.AgentTag, agent);
        _actions = _meter.CreateCounter<long>(ServingDiagnostics.Actions, "{action}", "Actions answered.");
        _evictions = _meter.CreateCounter<long>(ServingDiagnostics.Evictions, "{session}", "Sessions ended because they were idle.");
        _rejections = _meter.CreateCounter<long>(ServingDiagnostics.Rejections, "{request}", "Calls refused, by reason.");
        _nonFinite = _meter.CreateCounter<long>(ServingDiagnostics.NonFiniteOutputs, "{step}", "Steps whose outputs were not finite.");
        _reloads = _meter.CreateCounter<long>(ServingDiagnostics.Reloads, "{reload}", "Reloads, by outcome.");
        _stepDuration = _meter.CreateHistogram<double>(ServingDiagnostics.StepDuration, "s", "A step from its call to its answer.");
        _batchSize = _meter.CreateHistogram<int>(ServingDiagnostics.BatchSize, "{step}", "Steps run as one batch.");
        _batchDuration = _meter.CreateHistogram<double>(ServingDiagnostics.BatchDuration, "s", "The run of a batch.");
    }

    /// <summary>Begins to observe a number.</summary>
    internal void Observe(string name, string unit, string description, Func<int> value) =>
        _meter.CreateObservableUpDownCounter(name, () => new Measurement<int>(value(), _agent), unit, description);

    internal void Step(TimeSpan duration, Exception? failure)
    {
        switch (failure)
        {
            case null:
                _actions.Add(1, _agent);
                _stepDuration.Record(duration.TotalSeconds, _agent);
                break;
            case NonFiniteOutputException:
                _nonFinite.Add(1, _agent);
                break;
            case AgentServingException refused:
                Rejected(refused);
                break;
            default:
                break;
        }
    }

    internal void Batch(int size, TimeSpan duration)
    {
        _batchSize.Record(size, _agent);
        _batchDuration.Record(duration.TotalSeconds, _agent);
    }

    internal void Rejected(AgentServingException exception) => _rejections.Add(1, _agent, new("reason", Reason(exception.Failure)));

    internal void Evicted() => _evictions.Add(1, _agent);

    internal void Reloaded(ReloadOutcome outcome) =>
        _reloads.Add(1, _agent, new("outcome", outcome switch
        {
            ReloadOutcome.Swapped => "swapped",
            ReloadOutcome.Deferred => "deferred",
            _ => "refused",
        }));

    public void Dispose()
    {
        if (_owned)
        {
            _meter.Dispose();
        }
    }

    /// <summary>A failure as tags have it: <c>queue_full</c>.</summary>
    internal static string Reason(ServingFailure failure) => failure switch
    {
        ServingFailure.UnknownSession => "unknown_session",
        ServingFailure.ExpiredSession => "expired_session",
        ServingFailure.BusySession => "busy_session",
        ServingFailure.PoolFull => "pool_full",
        ServingFailure.QueueFull => "queue_full",
        ServingFailure.DeadlineExceeded => "deadline_exceeded",
        _ => "stopping",
    };
}
