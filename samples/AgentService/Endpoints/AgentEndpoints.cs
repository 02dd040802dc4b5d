using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentService.Draining;
using AgentService.Problems;
using AgentService.Wire;
using Dreamer.Serving;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AgentService.Endpoints;

/// <summary>Describes the agent and its use, and reloads it.</summary>
internal static class AgentEndpoints
{
    private const string Scheme = "Bearer ";

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="reload">Whether there is the one that takes another agent.</param>
    public static void Map(IEndpointRouteBuilder routes, bool reload)
    {
        routes.MapGet("/v1/agent", Describe);
        routes.MapGet("/v1/status", Status);
        if (reload)
        {
            routes.MapPost("/v1/agent/reload", ReloadAsync);
        }
    }

    private static JsonHttpResult<AgentAnswer> Describe(IAgentServer agent)
    {
        var manifest = agent.Manifest;
        return TypedResults.Json(
            new AgentAnswer(manifest.Name, manifest.Algorithm, manifest.Observations, manifest.Action, manifest.Heads), ServiceJson.Wire.AgentAnswer);
    }

    private static JsonHttpResult<StatusAnswer> Status(AgentPool pool, DrainState drain, IOptions<DreamerAgentOptions> options) => TypedResults.Json(
        new StatusAnswer(
            pool.LiveSessions,
            options.Value.Sessions.MaxSessions,
            pool.QueuedSteps,
            options.Value.Batching.MaxQueued,
            pool.Generation,
            drain.AcceptedCount,
            drain.AnsweredCount),
        ServiceJson.Wire.StatusAnswer);

    private static async Task<JsonHttpResult<ReloadAnswer>> ReloadAsync(HttpContext context, AgentPool pool, IOptions<ServiceOptions> options)
    {
        RequireKey(context.Request, options.Value.ReloadKey!);
        var request = await Body.ReadJsonAsync(context.Request, ServiceJson.Wire.ReloadRequest)
            ?? throw new JsonException("The body is missing: {\"folder\": NAME}.");
        // A plain name, so that nothing outside the agents' folder can be asked for.
        if (request.Folder.Length == 0 || request.Folder is "." or ".." || request.Folder.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
        {
            throw new ProblemException(Problem.ReloadRefused, $"'{request.Folder}' is not a plain folder name next to the agent.");
        }
        var folder = Path.Combine(AppContext.BaseDirectory, options.Value.AgentsRoot, request.Folder);
        // The reload continues even if the caller disconnects.
        var reload = await pool.ReloadAsync(folder, CancellationToken.None);
        // Rare, and it leaves large arrays that no collection would look at for long: the one moment to ask for one.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return reload.Outcome switch
        {
            ReloadOutcome.Refused => throw new ProblemException(
                Problem.ReloadRefused, reload.Reason ?? "It holds no agent that can take the place of the one that runs."),
            ReloadOutcome.Deferred => throw new ProblemException(Problem.ReloadDeferred, reload.Reason ?? "Ask again once one of them is free."),
            _ => TypedResults.Json(
                new ReloadAnswer(pool.Manifest.Name, reload.Generation, reload.Outcome == ReloadOutcome.Swapped), ServiceJson.Wire.ReloadAnswer),
        };
    }

    private static void RequireKey(HttpRequest request, string key)
    {
        var sent = request.Headers.Authorization.ToString();
        if (!sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent[Scheme.Length..]), Encoding.UTF8.GetBytes(key)))
        {
            throw new ProblemException(Problem.Unauthorized, "Send 'Authorization: Bearer KEY'.");
        }
    }
}
