using System.Security.Cryptography;
using System.Text;
using AgentService.Draining;
using AgentService.Problems;
using AgentService.Telemetry;
using AgentService.Wire;
using Dreamer.Inference.Serving;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AgentService.Endpoints;

/// <summary>What runs here, how much of it is in use, and another agent in its place.</summary>
internal static class AgentEndpoints
{
    private const string Scheme = "Bearer ";

    public static void Map(IEndpointRouteBuilder routes, bool reload)
    {
        routes.MapGet("/v1/agent", (IAgentServer agent) => TypedResults.Json(Describe(agent), ServiceJson.Default.AgentAnswer));
        routes.MapGet("/v1/status", Status);
        if (reload)
        {
            routes.MapPost("/v1/agent/reload", ReloadAsync);
        }
    }

    private static AgentAnswer Describe(IAgentServer agent)
    {
        var manifest = agent.Manifest;
        return new AgentAnswer(manifest.Name, manifest.Algorithm, manifest.Observations, manifest.Action, manifest.Heads);
    }

    private static JsonHttpResult<StatusAnswer> Status(ServingGauges gauges, DrainState drain, IOptions<DreamerAgentOptions> options)
    {
        var (sessions, queued) = gauges.Read();
        var answer = new StatusAnswer(
            sessions, options.Value.Sessions.MaxSessions, queued, options.Value.Batching.MaxQueued, drain.AcceptedCount, drain.AnsweredCount);
        return TypedResults.Json(answer, ServiceJson.Default.StatusAnswer);
    }
}
