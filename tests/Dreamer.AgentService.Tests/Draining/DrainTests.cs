using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Dreamer.AgentService.Tests.Draining;

public class DrainTests
{
    [Fact]
    public async Task What_was_accepted_is_answered_and_what_is_new_is_refused()
    {
        // The clock stands still: the step waits for others and the service goes on refusing, as long as the test wants.
        var time = new FakeTimeProvider();
        await using var host = await ServiceHost.StartAsync(time, "Agent:Batching:Window=00:00:00.050", "Service:DrainDelay=00:00:10");
        var (busy, idle) = (await host.Http.BeginAsync(), await host.Http.BeginAsync());
        using var socket = await host.ConnectAsync("v1/episode");
        var waiting = host.Http.StepAsync(busy, new byte[50]);
        await host.QueuedAsync();

        var stopping = host.StopAsync();
        await Eventually.HoldsAsync(() => host.Drain.IsStopping);
        using (var refused = await host.Http.SendBytesAsync($"v1/sessions/{idle}/step", new byte[50]))
        {
            await refused.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "stopping");
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.True(refused.Headers.ConnectionClose);
        }
        using (var ready = await host.Http.GetAsync("healthz/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }
        using (var live = await host.Http.GetAsync("healthz/live"))
        {
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }
        Assert.NotEmpty(await host.Http.GetByteArrayAsync($"v1/sessions/{idle}/state"));
        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "stopping"), (socket.CloseStatus, socket.CloseReason));
        Assert.False(waiting.IsCompleted);

        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, (await waiting).GetProperty("step").GetInt32());
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));
        await stopping;
        Assert.Equal(host.Drain.AcceptedCount, host.Drain.AnsweredCount);
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Http.GetAsync("healthz/live"));
    }

    [Fact]
    public async Task The_message_of_a_websocket_that_is_under_way_is_answered_before_it_is_closed()
    {
        var time = new FakeTimeProvider();
        await using var host = await ServiceHost.StartAsync(time, "Agent:Batching:Window=00:00:00.050", "Service:DrainDelay=00:00:10");
        await host.Http.BeginAsync();
        using var socket = await host.ConnectAsync("v1/episode");
        await socket.SendAsync(new byte[50]);
        await host.QueuedAsync();

        var stopping = host.StopAsync();
        await Eventually.HoldsAsync(() => host.Drain.IsStopping);
        time.Advance(TimeSpan.FromMilliseconds(50));
        var answer = Assert.NotNull(await socket.ReceiveAsync());
        Assert.Equal(1, answer.GetProperty("step").GetInt32());
        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal("stopping", socket.CloseReason);
        time.Advance(TimeSpan.FromSeconds(10));
        await stopping;
        Assert.Equal(host.Drain.AcceptedCount, host.Drain.AnsweredCount);
    }
}
