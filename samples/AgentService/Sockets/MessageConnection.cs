using System.Net.WebSockets;
using AgentService.Problems;

namespace AgentService.Sockets;

/// <summary>A WebSocket as messages and answers: one message is answered before the next is read.</summary>
/// <remarks>One caller receives and answers; any other may close, which waits for an answer that is being made.</remarks>
internal sealed class MessageConnection(WebSocket socket, int longestMessage) : IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _over = new();
    private byte[] _buffer = new byte[4096];
    private bool _closing;

    /// <summary>Receives a message.</summary>
    /// <param name="cancellation">Ends the wait, and with it the WebSocket.</param>
    /// <returns>The message, or null if the other side is gone or does not answer a close.</returns>
    /// <exception cref="ProblemException">The message is longer than allowed.</exception>
    public async Task<SocketMessage?> ReceiveAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _over.Token);
        try
        {
            for (var length = 0; ;)
            {
                var part = await socket.ReceiveAsync(_buffer.AsMemory(length), either.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await CloseAsync(WebSocketCloseStatus.NormalClosure, null);
                    return null;
                }
                length += part.Count;
                if (part.EndOfMessage)
                {
                    return new SocketMessage(_buffer.AsMemory(0, length), part.MessageType == WebSocketMessageType.Text);
                }
                if (length == _buffer.Length)
                {
                    Grow();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Answers the message that was received last.</summary>
    /// <param name="make">Makes the answer; not called once the WebSocket is closing.</param>
    /// <param name="sent">Called once it is sent.</param>
    /// <param name="cancellation">Ends the wait for the other side to take it.</param>
    public async Task AnswerAsync(Func<Task<ReadOnlyMemory<byte>>> make, Action sent, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!_closing)
            {
                await socket.SendAsync(await make(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
                sent();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes our side. The other side has a moment to close too.</summary>
    /// <param name="status">Why, for programs.</param>
    /// <param name="reason">Why, in a word.</param>
    public async Task CloseAsync(WebSocketCloseStatus status, string? reason)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_closing)
            {
                _closing = true;
                _over.CancelAfter(Farewell);
                await socket.CloseOutputAsync(status, reason, _over.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side is already gone.
            socket.Abort();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads remaining messages until the other side has closed too or the moment has passed.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            while ((await socket.ReceiveAsync(_buffer.AsMemory(), _over.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _over.Dispose();
    }

    private void Grow()
    {
        if (_buffer.Length >= longestMessage)
        {
            throw new ProblemException(Problem.BodyTooLarge, $"The message is longer than {longestMessage} bytes.");
        }
        Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, longestMessage));
    }
}
