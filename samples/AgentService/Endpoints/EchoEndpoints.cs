using System.Text.Json;
using AgentService.Sockets;
using AgentService.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentService.Endpoints;

/// <summary>Reads a step's input and does nothing: the cost of a request without the agent.</summary>
internal static class EchoEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/echo", EchoAsync);
        routes.MapGet("/v1/echo", EchoSocketAsync);
    }

    private static async Task<JsonHttpResult<EchoAnswer>> EchoAsync(HttpRequest request)
    {
        Body.MediaType(request, Body.Octets);
        return TypedResults.Json(new EchoAnswer((await Body.ReadAsync(request)).Length), ServiceJson.Wire.EchoAnswer);
    }

    private static Task EchoSocketAsync(HttpContext context, SocketServer sockets)
    {
        SocketServer.RequireWebSocket(context);
        return sockets.ServeAsync(context, (message, _) => Task.FromResult<ReadOnlyMemory<byte>>(
            JsonSerializer.SerializeToUtf8Bytes(new EchoAnswer(message.Bytes.Length), ServiceJson.Wire.EchoAnswer)));
    }
}
