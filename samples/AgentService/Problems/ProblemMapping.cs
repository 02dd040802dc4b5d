using System.Text.Json;
using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.AspNetCore.Mvc;

namespace AgentService.Problems;

/// <summary>Which problem an exception is.</summary>
internal static class ProblemMapping
{
    /// <summary>The problem and its detail; a fault of the service reveals nothing internal.</summary>
    public static (Problem Problem, string Detail) Of(Exception exception) => exception switch
    {
        ProblemException e => (e.Problem, e.Message),
        AgentServingException e => (Of(e.Failure), e.Message),
        NonFiniteOutputException e => (Problem.NonFiniteOutput, e.Message),
        JsonException e => (Problem.MalformedRequest, e.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } e => (Problem.BodyTooLarge, e.Message),
        BadHttpRequestException e => (Problem.MalformedRequest, e.Message),
        _ => (Problem.InternalError, "The service's log has the details."),
    };

    /// <summary>The body of the answer.</summary>
    public static ProblemDetails Details(Problem problem, string detail) =>
        new() { Type = problem.Type, Title = problem.Title, Status = problem.Status, Detail = detail };

    private static Problem Of(ServingFailure failure) => failure switch
    {
        ServingFailure.UnknownSession => Problem.UnknownSession,
        ServingFailure.ExpiredSession => Problem.ExpiredSession,
        ServingFailure.BusySession => Problem.BusySession,
        ServingFailure.PoolFull => Problem.PoolFull,
        ServingFailure.QueueFull => Problem.QueueFull,
        ServingFailure.DeadlineExceeded => Problem.DeadlineExceeded,
        ServingFailure.Stopping => Problem.Stopping,
        _ => Problem.InternalError,
    };
}
