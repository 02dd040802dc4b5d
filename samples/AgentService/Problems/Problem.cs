using System.Net.WebSockets;

namespace AgentService.Problems;

/// <summary>A way in which a request can fail; part of the contract with clients.</summary>
/// <param name="Name">The end of the type, <c>urn:dreamer:problem:NAME</c>; it never changes.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">Its meaning, the same for all occurrences.</param>
internal sealed record Problem(string Name, int Status, string Title)
{
    private const string Prefix = "urn:dreamer:problem:";

    public static readonly Problem MalformedRequest =
        new("malformed-request", 400, "The request cannot be read.") { Close = WebSocketCloseStatus.InvalidPayloadData };
    public static readonly Problem InvalidObservation =
        new("invalid-observation", 400, "The observation is none that the agent takes.");
    public static readonly Problem InvalidAction = new("invalid-action", 400, "The agent has no such action.");
    public static readonly Problem InvalidOptions = new("invalid-options", 400, "A session cannot be like that.");
    public static readonly Problem InvalidState = new("invalid-state", 400, "The bytes are not a session state of this agent.");
    public static readonly Problem Unauthorized = new("unauthorized", 401, "The key is missing or another.");
    public static readonly Problem UnknownSession =
        new("unknown-session", 404, "The session does not exist.") { Close = (WebSocketCloseStatus)4404 };
    public static readonly Problem UnknownRoute = new("unknown-route", 404, "There is nothing at this address.");
    public static readonly Problem WrongMethod = new("wrong-method", 405, "The address does not take this method.");
    public static readonly Problem BusySession = new("busy-session", 409, "The session answers another call right now.");
    public static readonly Problem ExpiredSession =
        new("expired-session", 410, "The session was idle for too long.") { Close = (WebSocketCloseStatus)4410 };
    public static readonly Problem BodyTooLarge =
        new("body-too-large", 413, "The body is longer than allowed.") { Close = WebSocketCloseStatus.MessageTooBig };
    public static readonly Problem UnsupportedContentType =
        new("unsupported-content-type", 415, "The body is of a type that is not taken here.");
    public static readonly Problem ReloadDeferred =
        new("reload-deferred", 409, "Episodes still go on with as many earlier agents as are kept.") { RetryAfterSeconds = 10 };
    public static readonly Problem ReloadRefused = new("reload-refused", 422, "The agent was refused; the served one continues.");
    public static readonly Problem WebSocketRequired = new("websocket-required", 426, "This address takes WebSockets.");
    public static readonly Problem QueueFull = new("queue-full", 429, "As many steps wait as may.") { RetryAfterSeconds = 1 };
    public static readonly Problem InternalError =
        new("internal-error", 500, "The service failed.") { Close = WebSocketCloseStatus.InternalServerError };
    public static readonly Problem NonFiniteOutput =
        new("non-finite-output", 500, "The agent computed a number that is not finite.");
    public static readonly Problem PoolFull =
        new("pool-full", 503, "All sessions are taken.") { RetryAfterSeconds = 1, Close = (WebSocketCloseStatus)1013 };
    public static readonly Problem Stopping =
        new("stopping", 503, "The service ends.") { RetryAfterSeconds = 1, Close = WebSocketCloseStatus.EndpointUnavailable };
    public static readonly Problem DeadlineExceeded =
        new("deadline-exceeded", 504, "The turn of the call did not come in time.") { RetryAfterSeconds = 1 };

    /// <summary>Identifies the problem to programs.</summary>
    public string Type => Prefix + Name;

    /// <summary>When to try again, or null if that does not help.</summary>
    public int? RetryAfterSeconds { get; private init; }

    /// <summary>How a WebSocket is closed after it; null if the problem only answers the message and the episode continues.</summary>
    public WebSocketCloseStatus? Close { get; private init; }
}
