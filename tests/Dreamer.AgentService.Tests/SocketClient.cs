using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Dreamer.AgentService.Tests;

/// <summary>A WebSocket as messages.</summary>
internal sealed class SocketClient(ClientWebSocket socket) : IDisposable
{
    internal WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    internal string? CloseReason => socket.CloseStatusDescription;

    internal Task SendAsync(byte[] message) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

    internal Task SendAsync(string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next message, or null where the service closed.</summary>
    internal async Task<JsonElement?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
                return null;
            }
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            }
        }
    }

    internal async Task<JsonElement> AskAsync(byte[] message)
    {
        await SendAsync(message);
        return Assert.NotNull(await ReceiveAsync());
    }

    internal async Task<JsonElement> AskAsync(string message)
    {
        await SendAsync(message);
        return Assert.NotNull(await ReceiveAsync());
    }

    internal Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

    public void Dispose() => socket.Dispose();
}
