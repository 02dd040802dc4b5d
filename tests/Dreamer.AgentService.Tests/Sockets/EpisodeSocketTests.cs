using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Dreamer.Inference;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Dreamer.AgentService.Tests.Sockets;

public class EpisodeSocketTests
{
    [Fact]
    public async Task An_episode_over_a_websocket_is_that_of_a_session_to_the_last_bit()
    {
        await using var host = await ServiceHost.StartAsync();
        using var agent = DreamerAgent.Load(ServiceHost.Agent);
        using var alone = agent.CreateSession(new() { Seed = 11, EpisodeId = "e", ActionSelection = ActionSelection.Sampled });
        using var socket = await host.ConnectAsync("v1/episode?seed=11&episodeId=e&greedy=false");
        var frames = Episodes.Frames(21);
        foreach (var frame in frames[..20])
        {
            Episodes.AssertEqual(alone, alone.Act(frame), await socket.AskAsync(frame));
        }
        var observed = await socket.AskAsync($$"""{"image":"{{Convert.ToBase64String(frames[20])}}","executedAction":1}""");
        Episodes.AssertEqual(alone, alone.Observe(frames[20], 1), observed);
    }

    [Fact]
    public async Task Messages_that_are_sent_ahead_are_answered_in_order()
    {
        await using var host = await ServiceHost.StartAsync();
        using var socket = await host.ConnectAsync("v1/episode?outputs=none");
        foreach (var frame in Episodes.Frames(30))
        {
            await socket.SendAsync(frame);
        }
        for (var step = 1; step <= 30; step++)
        {
            var answer = Assert.NotNull(await socket.ReceiveAsync());
            Assert.Equal(step, answer.GetProperty("step").GetInt32());
            Assert.False(answer.TryGetProperty("value", out _));
        }
    }

    [Fact]
    public async Task The_session_ends_with_the_websocket_it_was_begun_for()
    {
        await using var host = await ServiceHost.StartAsync();
        using (var socket = await host.ConnectAsync("v1/episode"))
        {
            await socket.AskAsync(new byte[50]);
            Assert.Equal(1, await SessionsAsync(host));
            await socket.CloseAsync();
        }
        await Eventually.HoldsAsync(async () => await SessionsAsync(host) == 0);

        using (var socket = await host.ConnectAsync("v1/episode"))
        {
            await socket.AskAsync(new byte[50]);
        }
        // Gone without a word.
        await Eventually.HoldsAsync(async () => await SessionsAsync(host) == 0);
    }

    [Fact]
    public async Task A_session_that_is_named_outlives_the_websocket()
    {
        await using var host = await ServiceHost.StartAsync();
        var id = await host.Http.BeginAsync();
        using (var socket = await host.ConnectAsync($"v1/episode?session={id}"))
        {
            Assert.Equal(1, (await socket.AskAsync(new byte[50])).GetProperty("step").GetInt32());
            await socket.CloseAsync();
        }
        Assert.Equal(2, (await host.Http.StepAsync(id, new byte[50])).GetProperty("step").GetInt32());
    }

    [Fact]
    public async Task What_is_wrong_with_a_message_is_its_answer_and_the_episode_goes_on()
    {
        await using var host = await ServiceHost.StartAsync();
        using var agent = DreamerAgent.Load(ServiceHost.Agent);
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        using var socket = await host.ConnectAsync("v1/episode?episodeId=e");
        var frames = Episodes.Frames(2);
        var image = Convert.ToBase64String(frames[1]);
        Episodes.AssertEqual(alone, alone.Act(frames[0]), await socket.AskAsync(frames[0]));

        (await socket.AskAsync(new byte[49])).AssertProblem(HttpStatusCode.BadRequest, "invalid-observation");
        (await socket.AskAsync([])).AssertProblem(HttpStatusCode.BadRequest, "invalid-observation");
        (await socket.AskAsync("""{"image":"AAAA"}""")).AssertProblem(HttpStatusCode.BadRequest, "invalid-observation");
        (await socket.AskAsync($$"""{"image":"{{image}}","vector":["NaN"]}""")).AssertProblem(HttpStatusCode.BadRequest, "invalid-observation");
        (await socket.AskAsync($$"""{"image":"{{image}}","executedAction":9}""")).AssertProblem(HttpStatusCode.BadRequest, "invalid-action");

        Episodes.AssertEqual(alone, alone.Act(frames[1]), await socket.AskAsync(frames[1]));
    }

    [Theory]
    [InlineData("{\"image\":")]
    [InlineData("null")]
    [InlineData("""{"picture":"AAAA"}""")]
    public async Task Text_that_cannot_be_read_closes_the_websocket_and_not_the_session(string text)
    {
        await using var host = await ServiceHost.StartAsync();
        var id = await host.Http.BeginAsync();
        using var socket = await host.ConnectAsync($"v1/episode?session={id}");
        (await socket.AskAsync(text)).AssertProblem(HttpStatusCode.BadRequest, "malformed-request");
        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal((WebSocketCloseStatus.InvalidPayloadData, "malformed-request"), (socket.CloseStatus, socket.CloseReason));
        Assert.Equal(1, (await host.Http.StepAsync(id, new byte[50])).GetProperty("step").GetInt32());
    }

    [Fact]
    public async Task An_over_long_message_closes_the_websocket_and_not_the_session()
    {
        await using var host = await ServiceHost.StartAsync("Service:MaxBodyBytes=4096");
        var id = await host.Http.BeginAsync();
        using var socket = await host.ConnectAsync($"v1/episode?session={id}");
        await socket.SendAsync(new byte[20_000]);
        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal((WebSocketCloseStatus.MessageTooBig, "body-too-large"), (socket.CloseStatus, socket.CloseReason));
        Assert.Equal(1, (await host.Http.StepAsync(id, new byte[50])).GetProperty("step").GetInt32());
    }

    [Fact]
    public async Task A_session_that_ends_or_expires_meanwhile_closes_the_websocket()
    {
        var time = new FakeTimeProvider();
        await using var host = await ServiceHost.StartAsync(time, "Agent:Sessions:IdleTimeout=00:01:00");
        var ended = await host.Http.BeginAsync();
        using var first = await host.ConnectAsync($"v1/episode?session={ended}");
        using var deleted = await host.Http.DeleteAsync($"v1/sessions/{ended}");
        (await first.AskAsync(new byte[50])).AssertProblem(HttpStatusCode.NotFound, "unknown-session");
        Assert.Null(await first.ReceiveAsync());
        Assert.Equal(((WebSocketCloseStatus)4404, "unknown-session"), (first.CloseStatus, first.CloseReason));

        using var second = await host.ConnectAsync("v1/episode");
        await second.AskAsync(new byte[50]);
        time.Advance(TimeSpan.FromMinutes(2));
        (await second.AskAsync(new byte[50])).AssertProblem(HttpStatusCode.Gone, "expired-session");
        Assert.Null(await second.ReceiveAsync());
        Assert.Equal(((WebSocketCloseStatus)4410, "expired-session"), (second.CloseStatus, second.CloseReason));
    }

    [Theory]
    [InlineData("seed=minus", 400, "invalid-options")]
    [InlineData("greedy=perhaps", 400, "invalid-options")]
    [InlineData("outputs=all,nothing", 400, "invalid-options")]
    [InlineData("session=none", 404, "unknown-session")]
    [InlineData("", 503, "pool-full")]
    public async Task A_websocket_that_cannot_be_served_is_refused_before_it_opens(string query, int status, string name)
    {
        await using var host = await ServiceHost.StartAsync("Agent:Sessions:MaxSessions=1");
        await host.Http.BeginAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/episode?{query}");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]));
        using var refused = await host.Http.SendAsync(request);
        await refused.AssertProblemAsync((HttpStatusCode)status, name);
    }

    private static async Task<int> SessionsAsync(ServiceHost host) =>
        (await host.Http.GetFromJsonAsync<JsonElement>("v1/status")).GetProperty("sessions").GetInt32();
}
