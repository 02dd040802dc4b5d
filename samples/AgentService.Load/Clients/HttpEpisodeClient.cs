using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AgentService.Load.Clients;

/// <summary>A request a step.</summary>
internal sealed class HttpEpisodeClient(HttpClient http, LoadCounts counts) : IEpisodeClient
{
    private static readonly MediaTypeHeaderValue Octets = new("application/octet-stream");

    private string _session = "";

    public async Task<Reply> BeginAsync(ulong seed, CancellationToken cancellation)
    {
        using var content = new StringContent($$"""{"seed":{{seed}}}""", new MediaTypeHeaderValue("application/json"));
        using var response = await http.PostAsync("v1/sessions", content, cancellation);
        if (response.StatusCode != HttpStatusCode.Created)
        {
            return await ReadAsync(response, cancellation);
        }
        var answer = await response.Content.ReadFromJsonAsync(WireJson.Default.SessionAnswer, cancellation);
        counts.Answered();
        _session = answer!.Id;
        return new Reply(response.StatusCode);
    }

    public Task<Reply> StepAsync(ReadOnlyMemory<byte> observation, CancellationToken cancellation) =>
        PostAsync($"v1/sessions/{_session}/step", observation, cancellation);

    public Task<Reply> EchoAsync(ReadOnlyMemory<byte> observation, CancellationToken cancellation) =>
        PostAsync("v1/echo", observation, cancellation);

    public async Task<Reply> EndAsync(CancellationToken cancellation)
    {
        using var response = await http.DeleteAsync($"v1/sessions/{_session}", cancellation);
        return await ReadAsync(response, cancellation);
    }

    // The connections are the HTTP client's.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<Reply> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Octets;
        using var response = await http.PostAsync(path, content, cancellation);
        return await ReadAsync(response, cancellation);
    }

    private async Task<Reply> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        counts.Answered();
        var answer = bytes.Length > 0 ? JsonSerializer.Deserialize(bytes, WireJson.Default.StepAnswer) : null;
        return new Reply(response.StatusCode, answer?.Type, answer?.Step, AgentSeconds(response));
    }

    private static double? AgentSeconds(HttpResponseMessage response)
    {
        const string Prefix = "agent;dur=";
        return response.Headers.TryGetValues("Server-Timing", out var values) && values.First() is { } timing
            && timing.StartsWith(Prefix, StringComparison.Ordinal)
                ? double.Parse(timing.AsSpan(Prefix.Length), CultureInfo.InvariantCulture) / 1e3
                : null;
    }
}
