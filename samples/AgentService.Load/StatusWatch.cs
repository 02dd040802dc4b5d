using System.Net.Http.Json;

namespace AgentService.Load;

/// <summary>Polls the service's status: sessions and queue.</summary>
internal sealed class StatusWatch(LoadCounts counts, HttpClient http)
{
    /// <summary>The last status; null if the service never answered.</summary>
    public StatusAnswer? Last { get; private set; }

    /// <summary>The most sessions that there were at one time.</summary>
    public long MostSessions { get; private set; }

    /// <summary>The most steps that waited when it was looked at.</summary>
    public long MostQueued { get; private set; }

    /// <summary>Looks twice a second until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Last = await http.GetFromJsonAsync("v1/status", WireJson.Default.StatusAnswer, CancellationToken.None);
                counts.Answered();
                (MostSessions, MostQueued) = (Math.Max(MostSessions, Last!.Sessions), Math.Max(MostQueued, Last.Queued));
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                counts.Failed($"status: {e.Message}");
            }
            await Task.Delay(TimeSpan.FromSeconds(0.5), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
