using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dreamer.Inference;

namespace Dreamer.Serving.Tests;

/// <summary>The meters of one test, told from those of tests beside it by their scope.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly ConcurrentBag<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }
}
