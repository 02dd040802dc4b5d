using System.Diagnostics;
using System.Globalization;
using AgentService.Problems;
using AgentService.Wire;
using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentService.Endpoints;

/// <summary>An episode by requests: begin, step, save, end.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/v1/sessions");
        sessions.MapPost("/", StartAsync);
        sessions.MapPost("/{id}/step", (string id, HttpContext context, IAgentServer agent) => StepAsync(id, context, agent, executed: false));
        sessions.MapPost("/{id}/observe", (string id, HttpContext context, IAgentServer agent) => StepAsync(id, context, agent, executed: true));
        sessions.MapGet("/{id}/state", SaveAsync);
        sessions.MapDelete("/{id}", EndAsync);
    }

    private static async Task<Created<SessionAnswer>> StartAsync(HttpContext context, IAgentServer agent)
    {
        var request = await Body.ReadJsonAsync(context.Request, ServiceJson.Wire.SessionRequest) ?? new SessionRequest();
        var options = new EpisodeOptions
        {
            Seed = request.Seed,
            EpisodeId = request.EpisodeId,
            ActionSelection = request.Greedy ? ActionSelection.Greedy : ActionSelection.Sampled,
            State = request.State,
        };
        var session = await Stepping.StartAsync(agent, options, context.RequestAborted);
        return TypedResults.Created(
            $"/v1/sessions/{session.SessionId}",
            new SessionAnswer(session.SessionId, session.EpisodeId, session.Seed, session.Step, session.Generation));
    }

    private static async Task<JsonHttpResult<StepAnswer>> StepAsync(string id, HttpContext context, IAgentServer agent, bool executed)
    {
        var parts = AnswerPartsText.Parse(context.Request.Query["outputs"]);
        var input = await ReadAsync(context.Request, agent.Manifest);
        if (executed && input.ExecutedAction is null && input.ExecutedActionValues.IsEmpty)
        {
            throw new ProblemException(Problem.InvalidAction, "'executedAction' is missing: which action led to this observation?");
        }
        var started = Stopwatch.GetTimestamp();
        var step = await Stepping.StepAsync(agent, id, input, context.RequestAborted);
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        context.Response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"agent;dur={milliseconds:F3}");
        return TypedResults.Json(StepAnswers.Of(step, agent.Manifest.Action, parts), ServiceJson.Wire.StepAnswer);
    }

    private static async Task<StepInput> ReadAsync(HttpRequest request, AgentManifest agent)
    {
        var type = Body.MediaType(request, Body.Octets, Body.Json);
        var bytes = await Body.ReadAsync(request);
        var input = type == Body.Octets ? ObservationReader.OfBytes(bytes, agent) : ObservationReader.OfJson(bytes);
        return ObservationReader.WithExecuted(input, request.Query["executedAction"], agent);
    }

    private static async Task<FileContentHttpResult> SaveAsync(string id, HttpContext context, IAgentServer agent) =>
        TypedResults.Bytes(await agent.SaveAsync(id, context.RequestAborted), Body.Octets);

    private static async Task<NoContent> EndAsync(string id, HttpContext context, IAgentServer agent)
    {
        await agent.EndAsync(id, context.RequestAborted);
        return TypedResults.NoContent();
    }
}
