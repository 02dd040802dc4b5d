using System.Net.WebSockets;
using System.Text.Json;
using AgentService.Draining;
using AgentService.Problems;
using AgentService.Wire;
using Microsoft.Extensions.Options;

namespace AgentService.Sockets;

/// <summary>Answers message after message, and closes as the message's problem or the end of the service asks for.</summary>
internal sealed partial class SocketServer(DrainState drain, IOptions<ServiceOptions> options, ILogger<SocketServer> logger)
{
    /// <exception cref="ProblemException">The request opens no WebSocket.</exception>
    public static void RequireWebSocket(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new ProblemException(Problem.WebSocketRequired, "Connect with a WebSocket.");
        }
    }

    /// <summary>Opens the WebSocket and serves it to its end.</summary>
    /// <param name="context">The request that opens it.</param>
    /// <param name="answer">Creates the answer to a message; exceptions are answered as problems.</param>
    public async Task ServeAsync(HttpContext context, Func<SocketMessage, CancellationToken, Task<ReadOnlyMemory<byte>>> answer)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        drain.Answered();
        using var connection = new MessageConnection(socket, options.Value.MaxBodyBytes);
        Problem? end = null;
        await using (drain.WhenStopping(() => connection.CloseAsync(Problem.Stopping.Close!.Value, Problem.Stopping.Name)))
        {
            try
            {
                while (end is null && await connection.ReceiveAsync(context.RequestAborted) is { } message)
                {
                    await connection.AnswerAsync(
                        async () =>
                        {
                            drain.Accepted();
                            (var bytes, end) = await MakeAsync(() => answer(message, context.RequestAborted));
                            return bytes;
                        },
                        drain.Answered,
                        context.RequestAborted);
                }
            }
            catch (ProblemException e)
            {
                end = e.Problem;
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // The other side is gone.
            }
        }
        if (end is not null)
        {
            await connection.CloseAsync(end.Close!.Value, end.Name);
            await connection.LeaveAsync();
        }
    }

    // A problem that ends the episode is told twice: as the message's answer, for the words, and as the code of the close.
    private async Task<(ReadOnlyMemory<byte> Answer, Problem? End)> MakeAsync(Func<Task<ReadOnlyMemory<byte>>> make)
    {
        try
        {
            return (await make(), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var (problem, detail) = ProblemMapping.Of(e);
            if (problem == Problem.InternalError)
            {
                Failed(e);
            }
            var answer = JsonSerializer.SerializeToUtf8Bytes(ProblemMapping.Details(problem, detail), ServiceJson.Wire.ProblemDetails);
            return (answer, problem.Close is null ? null : problem);
        }
    }

    [LoggerMessage(LogLevel.Error, "A message of a WebSocket failed")]
    private partial void Failed(Exception exception);
}
