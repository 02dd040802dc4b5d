using Dreamer.Inference;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dreamer.Serving;

/// <summary>Whether an agent serves: healthy once it was loaded, verified and made its self-test inference, until it drains.</summary>
/// <remarks>
/// Thread-safe. Degraded while the last reload was refused: what is served goes on, and somebody should look at the folder. An agent that is swapped in
/// made its self-test before.
/// </remarks>
/// <param name="pool">Who serves; not owned.</param>
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
            !pool.IsReady ? HealthCheckResult.Unhealthy($"Agent '{pool.Manifest.Name}' begins no further episodes.", data: data)
            : pool.LastReload is { Outcome: ReloadOutcome.Refused, Reason: var reason }
                ? HealthCheckResult.Degraded($"Generation {pool.Generation} serves on; the last reload was refused: {reason}", data: data)
            : HealthCheckResult.Healthy($"Agent '{pool.Manifest.Name}' serves.", data));
    }
}
