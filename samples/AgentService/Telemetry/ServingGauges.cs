using System.Diagnostics.Metrics;
using Dreamer.Inference.Serving;

namespace AgentService.Telemetry;

/// <summary>What the agent says of its sessions and its queue, for whoever asks this service and has no collector.</summary>
internal sealed class ServingGauges : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _sessions;
    private long _queued;

    /// <summary>Begins to listen to the agent of this service alone.</summary>
    /// <param name="meters">Whose meters count.</param>
    public ServingGauges(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServingDiagnostics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Set(instrument.Name, value));
        _listener.Start();
    }

    /// <summary>Sessions that live, and steps that wait.</summary>
    public (long Sessions, long Queued) Read()
    {
        _listener.RecordObservableInstruments();
        return (Volatile.Read(ref _sessions), Volatile.Read(ref _queued));
    }

    public void Dispose() => _listener.Dispose();

    private void Set(string instrument, int value)
    {
        switch (instrument)
        {
            case ServingDiagnostics.ActiveSessions:
                Volatile.Write(ref _sessions, value);
                break;
            case ServingDiagnostics.QueueLength:
                Volatile.Write(ref _queued, value);
                break;
            default:
                break;
        }
    }
}
