using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace AgentService.Load;

/// <summary>Reloads agents while the service is in use; it must refuse the bad ones.</summary>
internal sealed class Reloader(LoadOptions options, LoadCounts counts, HttpClient http)
{
    /// <summary>Agents that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Agents that were refused, as they should.</summary>
    public int Refused { get; private set; }

    /// <summary>Runs until it is stopped or no agents are left.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var folder in options.Reloads)
        {
            await Task.Delay(options.ReloadEvery, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }
            await ReloadAsync(folder);
        }
    }

    private async Task ReloadAsync(string folder)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/agent/reload");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ReloadKey);
            request.Content = JsonContent.Create(new ReloadRequest(folder), WireJson.Default.ReloadRequest);
            using var response = await http.SendAsync(request);
            counts.Answered();
            var bad = folder.StartsWith("bad", StringComparison.Ordinal);
            if (response.StatusCode != (bad ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK))
            {
                counts.Failed($"reload of {folder}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                return;
            }
            (Taken, Refused) = bad ? (Taken, Refused + 1) : (Taken + 1, Refused);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            counts.Failed($"reload of {folder}: {e.Message}");
        }
    }
}
