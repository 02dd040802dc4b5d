using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>More was asked for than is allowed to wait: try again later. Thrown at once, without a wait.</summary>
public sealed class AgentOverloadedException : AgentServingException
{
    private AgentOverloadedException(ServingFailure failure, int limit, string message)
        : base(failure, message) => Limit = limit;

    /// <summary>The limit that was reached.</summary>
    public int Limit { get; }

    internal static AgentOverloadedException PoolFull(int sessions, int waiting) => new(
        ServingFailure.PoolFull, sessions, $"All {sessions} sessions are taken, and {waiting} callers wait for one already.");

    internal static AgentOverloadedException QueueFull(int limit) => new(ServingFailure.QueueFull, limit, $"{limit} steps wait already.");
}
