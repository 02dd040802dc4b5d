using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace AgentService.Load.Clients;

/// <summary>A message a step; each episode has a WebSocket of its own.</summary>
internal sealed class SocketEpisodeClient(Uri url, LoadCounts counts) : IEpisodeClient
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private ClientWebSocket? _episode;
    private ClientWebSocket? _echo;

    public async Task<Reply> BeginAsync(ulong seed, CancellationToken cancellation)
    {
        _episode?.Dispose();
        _episode = Socket();
        return await ConnectAsync(_episode, $"v1/episode?seed={seed}", cancellation);
    }

    public Task<Reply> StepAsync(ReadOnlyMemory<byte> observation, CancellationToken cancellation) =>
        AskAsync(_episode!, observation, cancellation);

    public async Task<Reply> EchoAsync(ReadOnlyMemory<byte> observation, CancellationToken cancellation)
    {
        if (_echo?.State != WebSocketState.Open)
        {
            _echo?.Dispose();
            _echo = Socket();
            var connected = await ConnectAsync(_echo, "v1/echo", cancellation);
            if (!connected.Succeeded)
            {
                return connected;
            }
        }
        return await AskAsync(_echo, observation, cancellation);
    }

    public async Task<Reply> EndAsync(CancellationToken cancellation)
    {
        await CloseAsync(_episode, cancellation);
        return new Reply(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await CloseAsync(_episode, moment.Token);
            await CloseAsync(_echo, moment.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The service is gone, or has no word for it.
        }
        _episode?.Dispose();
        _echo?.Dispose();
    }

    private static Task CloseAsync(ClientWebSocket? socket, CancellationToken cancellation) => socket?.State == WebSocketState.Open
        ? socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellation)
        : Task.CompletedTask;

    private static ClientWebSocket Socket()
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Proxy = null;
        return socket;
    }

    private async Task<Reply> ConnectAsync(ClientWebSocket socket, string path, CancellationToken cancellation)
    {
        var address = new UriBuilder(new Uri(url, path)) { Scheme = url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        try
        {
            await socket.ConnectAsync(address, cancellation);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != default && socket.HttpStatusCode != HttpStatusCode.SwitchingProtocols)
        {
            counts.Answered();
            return new Reply(socket.HttpStatusCode, "connection refused by the service");
        }
        counts.Answered();
        return new Reply(HttpStatusCode.OK);
    }

    private async Task<Reply> AskAsync(ClientWebSocket socket, ReadOnlyMemory<byte> observation, CancellationToken cancellation)
    {
        await socket.SendAsync(observation, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
        var received = await socket.ReceiveAsync(_buffer.AsMemory(), cancellation);
        if (received.MessageType == WebSocketMessageType.Close)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
            return socket.CloseStatus is WebSocketCloseStatus.EndpointUnavailable or (WebSocketCloseStatus)1013
                ? new Reply(HttpStatusCode.ServiceUnavailable, socket.CloseStatusDescription)
                : new Reply(HttpStatusCode.InternalServerError, $"closed with {(int?)socket.CloseStatus}: {socket.CloseStatusDescription}");
        }
        counts.Answered();
        var answer = JsonSerializer.Deserialize(_buffer.AsSpan(0, received.Count), WireJson.Default.StepAnswer);
        return new Reply((HttpStatusCode)(answer?.Status ?? 200), answer?.Type, answer?.Step);
    }
}
