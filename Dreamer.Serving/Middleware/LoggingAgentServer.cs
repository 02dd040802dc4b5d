using Dreamer.Inference;
using Microsoft.Extensions.Logging;

namespace Dreamer.Serving;

/// <summary>Logs calls: sessions that begin as information, steps for debugging, what is refused as warnings, what fails as errors.</summary>
/// <remarks>Of a session's id the first characters alone are logged: the whole of it would open the session to whoever reads the log.</remarks>
internal sealed class LoggingAgentServer(IAgentServer inner, ILogger logger, TimeProvider time) : ObservingAgentServer(inner)
{
    private const int Shown = 8;

    // What goes wrong is a warning or worse.
    protected override bool IsWatching => logger.IsEnabled(LogLevel.Error);

    protected override async Task<T> WatchAsync<T>(string operation, string? sessionId, Func<Task<T>> call)
    {
        var start = time.GetTimestamp();
        var session = Short(sessionId);
        try
        {
            var result = await call();
            if (result is SessionInfo info)
            {
                ServingLog.Started(logger, Short(info.SessionId), info.EpisodeId == info.SessionId ? Short(info.EpisodeId) : info.EpisodeId, info.Step, info.Generation);
            }
            else
            {
                ServingLog.Answered(logger, session, operation, time.GetElapsedTime(start).TotalMilliseconds);
            }
            return result;
        }
        // What the caller did is the caller's to mend; it knows that it cancelled.
        catch (Exception e) when (e is AgentServingException or ArgumentException or InvalidDataException or OperationCanceledException)
        {
            ServingLog.Refused(logger, session, operation, time.GetElapsedTime(start).TotalMilliseconds, e.Message);
            throw;
        }
        catch (Exception e)
        {
            ServingLog.Failed(logger, session, operation, time.GetElapsedTime(start).TotalMilliseconds, e);
            throw;
        }
    }

    private static string Short(string? id) => id is null ? "-" : id.Length > Shown ? id[..Shown] : id;
}
