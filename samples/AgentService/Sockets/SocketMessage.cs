namespace AgentService.Sockets;

/// <summary>A whole message.</summary>
/// <param name="Bytes">A view that the next message changes.</param>
/// <param name="IsText">Whether it was sent as text.</param>
internal readonly record struct SocketMessage(ReadOnlyMemory<byte> Bytes, bool IsText);
