using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using AgentService.Load.Clients;

namespace AgentService.Load;

/// <summary>One client: one episode after the other, one step after the other, each checked.</summary>
internal sealed class LoadWorker(LoadOptions options, LoadCounts counts, IEpisodeClient client, int index, int observationSize)
{
    private readonly byte[] _observation = new byte[observationSize];
    private readonly Stopwatch _clock = new();
    private ulong _episodes;
    private long _turns;

    /// <summary>Whether the service was there at the last attempt.</summary>
    public bool ServiceIsGone { get; private set; }

    /// <summary>Runs until the time is up or the service is gone.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        // Clients that come all at once would go on coming all at once.
        await Task.Delay(options.Pause * index / options.Sessions, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _clock.Start();
        while (!stop.IsCancellationRequested && !ServiceIsGone)
        {
            await GuardAsync(stop);
        }
    }

    private async Task GuardAsync(CancellationToken stop)
    {
        try
        {
            await EpisodeAsync(stop);
        }
        catch (HttpRequestException e) when (options.UntilGone && e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            ServiceIsGone = true;
        }
        catch (WebSocketException e) when (options.UntilGone && e.WebSocketErrorCode == WebSocketError.Faulted)
        {
            ServiceIsGone = true;
        }
        catch (Exception e) when (e is HttpRequestException or WebSocketException or IOException or OperationCanceledException)
        {
            counts.Failed(Name(e));
            await Task.Delay(options.Pause, CancellationToken.None);
        }
    }

    private async Task EpisodeAsync(CancellationToken stop)
    {
        using var hang = new CancellationTokenSource(TimeSpan.FromSeconds(60) + TimeSpan.FromSeconds(options.EpisodeLength));
        var seed = ((ulong)index << 32) + _episodes++;
        if (!await CountAsync(() => client.BeginAsync(seed, hang.Token)))
        {
            return;
        }
        // Frames are noise: they only have to differ.
        var noise = seed;
        for (var step = 1L; step <= options.EpisodeLength && !stop.IsCancellationRequested; step++)
        {
            await WaitForTurnAsync(stop);
            foreach (ref var value in _observation.AsSpan())
            {
                noise = noise * 6364136223846793005 + 1442695040888963407;
                value = (byte)(noise >> 56);
            }
            var started = Stopwatch.GetTimestamp();
            var reply = await client.StepAsync(_observation, hang.Token);
            if (!await CountAsync(reply, started, counts.Steps))
            {
                // If the queue is full the episode continues; any other problem ends it.
                if (reply.Status != HttpStatusCode.TooManyRequests)
                {
                    return;
                }
                step--;
                continue;
            }
            if (reply.AgentSeconds is { } agent)
            {
                counts.Agent.Add(agent);
            }
            if (reply.Step != step)
            {
                counts.Failed($"step {reply.Step} instead of {step}");
            }
            if (options.Echo)
            {
                started = Stopwatch.GetTimestamp();
                await CountAsync(await client.EchoAsync(_observation, hang.Token), started, counts.Echoes);
            }
        }
        await CountAsync(() => client.EndAsync(hang.Token));
    }

    private async Task<bool> CountAsync(Func<Task<Reply>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        return await CountAsync(await ask(), started, null);
    }

    private async Task<bool> CountAsync(Reply reply, long started, LatencyHistogram? times)
    {
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (reply.Succeeded)
        {
            times?.Add(seconds);
            return true;
        }
        if (reply.IsRejection && (options.RejectionsAllowed || options.UntilGone))
        {
            counts.TurnedAway(reply.Type ?? $"{(int)reply.Status}", seconds);
        }
        else
        {
            counts.Failed(reply.Type ?? $"{(int)reply.Status}");
        }
        await Task.Delay(options.Pause);
        return false;
    }

    private async Task WaitForTurnAsync(CancellationToken stop)
    {
        if (options.Rate <= 0)
        {
            return;
        }
        var due = TimeSpan.FromSeconds((_turns++ * options.Sessions + index) / options.Rate);
        if (due > _clock.Elapsed)
        {
            await Task.Delay(due - _clock.Elapsed, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Name(Exception e) => e switch
    {
        HttpRequestException http => $"{nameof(HttpRequestException)} {http.HttpRequestError}",
        WebSocketException socket => $"{nameof(WebSocketException)} {socket.WebSocketErrorCode}",
        _ => e.GetType().Name,
    };
}
