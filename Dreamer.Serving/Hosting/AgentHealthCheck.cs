using Dreamer.Inference;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dreamer.Serving;

/// <summary>Reports a served agent as healthy from the end of its self-test until it drains.</summary>
/// <remarks>
/// Thread-safe. Degraded after a refused reload: serving continues, but the folder needs attention. A reloaded agent has
/// already passed its self-test.
/// </remarks>
/// <param name="pool">The pool; not owned.</param>
public sealed class AgentHealthCheck(AgentPool pool) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["agent"] = pool.Manifest.Name,
            ["generation"] = pool.Generation,
            ["sessions"] = pool.LiveSessions,
            ["queue"] = pool.QueuedSteps,
        };
        return Task.FromResult(
            !pool.IsReady ? HealthCheckResult.Unhealthy($"Agent '{pool.Manifest.Name}' starts no more episodes.", data: data)
            : pool.LastReload is { Outcome: ReloadOutcome.Refused, Reason: var reason }
                ? HealthCheckResult.Degraded($"Generation {pool.Generation} is still served; the last reload was refused: {reason}", data: data)
            : HealthCheckResult.Healthy($"Agent '{pool.Manifest.Name}' is served.", data));
    }
}
