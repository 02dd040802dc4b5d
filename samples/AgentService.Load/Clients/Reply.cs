using System.Net;

namespace AgentService.Load.Clients;

/// <summary>A reply of the service.</summary>
/// <param name="Status">The HTTP status, on a WebSocket that of the problem or 200.</param>
/// <param name="Type">The type of the problem, or null if there is none.</param>
/// <param name="Step">Observations of the episode so far, or null if it is not an answer to a step.</param>
/// <param name="AgentSeconds">The agent's time as the service reports it, or null.</param>
internal readonly record struct Reply(HttpStatusCode Status, string? Type = null, long? Step = null, double? AgentSeconds = null)
{
    public bool Succeeded => (int)Status is >= 200 and < 300;

    /// <summary>Whether the service had no room, and said so.</summary>
    public bool IsRejection => Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
}
