using System.Diagnostics;
using Dreamer.Inference;
using Dreamer.Serving;

namespace Dreamer.Benchmarks.Serving;

/// <summary>Live sessions of a pool that step as fast as they are answered, each waiting for its own answer.</summary>
internal sealed class ServedSessions : IDisposable
{
    private readonly AgentPool _pool;
    private readonly PooledSession[] _sessions;
    private readonly StepInput[] _inputs;

    internal ServedSessions(string agent, int sessions, Action<BatchingOptions> configure)
    {
        var options = new DreamerAgentOptions { Path = agent, Verify = false, Outputs = AgentOutputs.None };
        options.Sessions.MaxSessions = sessions;
        options.Batching.StepTimeout = TimeSpan.FromMinutes(1);
        configure(options.Batching);
        _pool = AgentPool.Load(options);
        _sessions = [.. Enumerable.Range(0, sessions).Select(_ => _pool.RentAsync().GetAwaiter().GetResult())];
        _inputs = [.. _sessions.Select((_, i) => Observation.Of(_pool.Manifest, seed: i))];
    }

    /// <summary>Milliseconds from call to answer of the last run's steps.</summary>
    internal double[] Latencies { get; private set; } = [];

    /// <summary>Takes some steps of every session.</summary>
    internal void Run(int steps)
    {
        var latencies = new double[_sessions.Length * steps];
        Task.WhenAll(_sessions.Select((session, i) => Task.Run(async () =>
        {
            for (var step = 0; step < steps; step++)
            {
                var start = Stopwatch.GetTimestamp();
                await session.StepAsync(_inputs[i]);
                latencies[(i * steps) + step] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }))).GetAwaiter().GetResult();
        Latencies = latencies;
    }

    public void Dispose() => _pool.Dispose();
}
