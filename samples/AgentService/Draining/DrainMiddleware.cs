using AgentService.Problems;

namespace AgentService.Draining;

/// <summary>Counts accepted and answered requests, and refuses requests once the service is stopping.</summary>
internal sealed class DrainMiddleware(RequestDelegate next, DrainState drain)
{
    public Task InvokeAsync(HttpContext context)
    {
        drain.Accepted();
        context.Response.OnCompleted(() =>
        {
            // A WebSocket is answered when it opens, and its messages count by themselves.
            if (context.Response.StatusCode != StatusCodes.Status101SwitchingProtocols && !context.RequestAborted.IsCancellationRequested)
            {
                drain.Answered();
            }
            return Task.CompletedTask;
        });
        // Every answer tells clients with open connections that this one is about to close.
        context.Response.OnStarting(() =>
        {
            if (drain.IsStopping && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }
            return Task.CompletedTask;
        });
        return drain.IsStopping && !IsAnsweredToTheEnd(context.Request)
            ? ProblemMiddleware.WriteAsync(context, Problem.Stopping, "The service is stopping; accepted requests are still answered.")
            : next(context);
    }

    // A session can be fetched to go on elsewhere, which is when that is needed most; and a service that ends in order is alive.
    private static bool IsAnsweredToTheEnd(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && (request.Path == "/healthz/live" || request.Path.Value!.EndsWith("/state", StringComparison.Ordinal));
}
