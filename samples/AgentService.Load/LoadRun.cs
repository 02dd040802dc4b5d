using System.Diagnostics;
using System.Net.Http.Json;
using AgentService.Load.Clients;

namespace AgentService.Load;

/// <summary>Puts a service under load, bounded in clients and time.</summary>
internal sealed class LoadRun(LoadOptions options)
{
    private readonly LoadCounts _counts = new();

    /// <summary>Runs to the end and reports the result.</summary>
    /// <param name="output">Where to.</param>
    /// <returns>Whether all held that the options ask for.</returns>
    public async Task<bool> RunAsync(TextWriter output)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(30) };
        using var http = new HttpClient(handler) { BaseAddress = options.Url, Timeout = TimeSpan.FromSeconds(60) };
        var agent = await http.GetFromJsonAsync("v1/agent", WireJson.Default.AgentAnswer)
            ?? throw new InvalidDataException("The service does not describe its agent.");
        _counts.Answered();
        await output.WriteLineAsync($"  agent '{agent.Name}' at {options.Url}");
        var size = agent.Observations.Sum(o => o.Shape.Aggregate(1, (product, side) => product * side) * (o.Key == "image" ? 1 : sizeof(float)));

        using var stop = new CancellationTokenSource(options.Duration);
        using var aside = new CancellationTokenSource();
        var memory = options.ProcessId is { } id ? new MemoryProbe(id, options.MemoryWarmUp) : null;
        var reloader = new Reloader(options, _counts, http);
        var status = new StatusWatch(_counts, http);
        Task[] watching = [memory?.RunAsync(aside.Token) ?? Task.CompletedTask, options.UntilGone ? Task.CompletedTask : status.RunAsync(aside.Token)];
        var reloading = reloader.RunAsync(stop.Token);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Sessions).Select(index => WorkAsync(http, index, size, stop.Token)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        await reloading;
        await aside.CancelAsync();
        await Task.WhenAll(watching);
        return new LoadReport(options, _counts, elapsed, memory, reloader, status).Print(output);
    }

    private async Task WorkAsync(HttpClient http, int index, int size, CancellationToken stop)
    {
        await Task.Yield();
        await using IEpisodeClient client = options.Transport == Transport.Http
            ? new HttpEpisodeClient(http, _counts)
            : new SocketEpisodeClient(options.Url, _counts);
        await new LoadWorker(options, _counts, client, index, size).RunAsync(stop);
    }
}
