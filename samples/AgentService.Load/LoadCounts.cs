using System.Collections.Concurrent;

namespace AgentService.Load;

/// <summary>Counts of replies to many clients.</summary>
internal sealed class LoadCounts
{
    private readonly ConcurrentDictionary<string, long> _errors = [];
    private readonly ConcurrentDictionary<string, long> _rejections = [];
    private long _answers;

    /// <summary>Steps that were answered with an action.</summary>
    public LatencyHistogram Steps { get; } = new();

    /// <summary>The agent's time for them, as the service reports it.</summary>
    public LatencyHistogram Agent { get; } = new();

    /// <summary>The same bytes, sent to the echo endpoint.</summary>
    public LatencyHistogram Echoes { get; } = new();

    /// <summary>Requests that were turned away for want of room.</summary>
    public LatencyHistogram Rejected { get; } = new();

    /// <summary>Complete answers to requests or messages, including problems.</summary>
    public long Answers => Volatile.Read(ref _answers);

    public IReadOnlyDictionary<string, long> Errors => _errors;

    public IReadOnlyDictionary<string, long> Rejections => _rejections;

    public void Answered() => Interlocked.Increment(ref _answers);

    public void Failed(string type) => _errors.AddOrUpdate(type, 1, (_, count) => count + 1);

    public void TurnedAway(string type, double seconds)
    {
        _rejections.AddOrUpdate(type, 1, (_, count) => count + 1);
        Rejected.Add(seconds);
    }
}
