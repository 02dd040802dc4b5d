using Dreamer.Inference;
using Microsoft.Extensions.Logging;

namespace Dreamer.Serving;

/// <summary>The log messages of a served agent.</summary>
internal static partial class ServingLog
{
    [LoggerMessage(1, LogLevel.Information, "Agent '{Agent}' (generation {Generation}) is served from '{Folder}'.")]
    internal static partial void Serves(ILogger logger, string agent, int generation, string folder);

    [LoggerMessage(2, LogLevel.Warning, "Agent '{Agent}' was to run on GPU {Device} and runs on the CPU: {Reason}")]
    internal static partial void FellBack(ILogger logger, string agent, int? device, string reason);

    [LoggerMessage(3, LogLevel.Error, "The agent in '{Folder}' is refused; generation {Generation} continues. {Reason}")]
    internal static partial void ReloadRefused(ILogger logger, string folder, int generation, string reason, Exception? exception);

    [LoggerMessage(4, LogLevel.Information, "{Count} idle sessions of agent '{Agent}' were ended.")]
    internal static partial void Evicted(ILogger logger, string agent, int count);

    [LoggerMessage(5, LogLevel.Information, "Agent '{Agent}' starts no more episodes; {Live} are live.")]
    internal static partial void Draining(ILogger logger, string agent, int live);

    [LoggerMessage(6, LogLevel.Error, "Looking for another agent in '{Folder}' failed.")]
    internal static partial void PollFailed(ILogger logger, string folder, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "The agent in '{Folder}' has to wait: {Reason}")]
    internal static partial void ReloadDeferred(ILogger logger, string folder, string reason);

    [LoggerMessage(10, LogLevel.Information, "Session {Session} begins episode '{Episode}' at step {Step} on generation {Generation}.")]
    internal static partial void Started(ILogger logger, string session, string episode, long step, int generation);

    [LoggerMessage(11, LogLevel.Debug, "Session {Session}: {Operation} took {Milliseconds:F2} ms.")]
    internal static partial void Answered(ILogger logger, string session, string operation, double milliseconds);

    [LoggerMessage(12, LogLevel.Warning, "Session {Session}: {Operation} was refused after {Milliseconds:F2} ms: {Reason}")]
    internal static partial void Refused(ILogger logger, string session, string operation, double milliseconds, string reason);

    [LoggerMessage(13, LogLevel.Error, "Session {Session}: {Operation} failed after {Milliseconds:F2} ms.")]
    internal static partial void Failed(ILogger logger, string session, string operation, double milliseconds, Exception exception);
}
