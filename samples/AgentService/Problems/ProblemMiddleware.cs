using System.Globalization;
using AgentService.Wire;

namespace AgentService.Problems;

/// <summary>Answers every failure with <c>application/problem+json</c>.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (problem, detail) = ProblemMapping.Of(e);
            if (problem == Problem.InternalError)
            {
                Failed(e, context.GetEndpoint()?.DisplayName);
            }
            await WriteAsync(context, problem, detail);
            return;
        }
        if (!context.Response.HasStarted && context.Response.ContentType is null && Unanswered(context.Response.StatusCode) is { } found)
        {
            await WriteAsync(context, found, $"{context.Request.Method} is not answered here.");
        }
    }

    /// <summary>Writes a problem as the answer.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem, string detail)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        return context.Response.WriteAsJsonAsync(
            ProblemMapping.Details(problem, detail), ServiceJson.Wire.ProblemDetails, "application/problem+json", context.RequestAborted);
    }

    private static Problem? Unanswered(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problem.UnknownRoute,
        StatusCodes.Status405MethodNotAllowed => Problem.WrongMethod,
        StatusCodes.Status415UnsupportedMediaType => Problem.UnsupportedContentType,
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "{Endpoint} failed")]
    private partial void Failed(Exception exception, string? endpoint);
}
