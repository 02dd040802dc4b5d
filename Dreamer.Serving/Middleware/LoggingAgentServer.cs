using Dreamer.Inference;
using Microsoft.Extensions.Logging;

namespace Dreamer.Serving;

/// <summary>Logs calls: new sessions as information, steps as debug, refusals as warnings, failures as errors.</summary>
/// <remarks>Only the first characters of a session id are logged: the whole id would give every reader of the log access to the session.</remarks>
internal sealed class LoggingAgentServer(IAgentServer inner, ILogger logger, TimeProvider time) : ObservingAgentServer(inner)
{
    private const int Shown = 8;

    // Problems are logged as warnings or errors.
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
        // The caller made the mistake, or cancelled, and already knows.
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
