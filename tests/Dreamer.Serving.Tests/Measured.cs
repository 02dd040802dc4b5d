using System.Diagnostics.Metrics;
using Dreamer.Inference;
using Dreamer.Serving;

namespace Dreamer.Serving.Tests;

/// <summary>What an instrument of one test's meters recorded.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(double Value, KeyValuePair<string, object?>[] Tags)> _measurements = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">Whose meters; tests run side by side.</param>
    /// <param name="instrument">The instrument's name.</param>
    internal Measured(TestMeters meters, string instrument)
    {
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Meter.Name == ServingDiagnostics.MeterName && published.Name == instrument && published.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Add(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Add(value, tags));
        _listener.Start();
    }

    internal double[] Values => [.. Measurements.Select(measurement => measurement.Value)];

    internal (double Value, KeyValuePair<string, object?>[] Tags)[] Measurements
    {
        get
        {
            lock (_measurements)
            {
                return [.. _measurements];
            }
        }
    }

    /// <summary>The sum of what was recorded with a tag.</summary>
    internal double Sum(string tag, string value) => Measurements.Where(m => m.Tags.Any(t => t.Key == tag && Equals(t.Value, value))).Sum(m => m.Value);

    /// <summary>Reads what is observed.</summary>
    internal double Observe()
    {
        lock (_measurements)
        {
            _measurements.Clear();
        }
        _listener.RecordObservableInstruments();
        return Values.Sum();
    }

    public void Dispose() => _listener.Dispose();

    private void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_measurements)
        {
            _measurements.Add((value, tags.ToArray()));
        }
    }
}
