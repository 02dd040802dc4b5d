using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dreamer.Inference;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Dreamer.AgentService.Tests.Endpoints;

/// <summary>What is refused says so in a form that programs can rely on, and the session is as it was.</summary>
public class BadRequestTests(SharedService shared) : IClassFixture<SharedService>
{
    private const string Octets = "application/octet-stream";
    private const string Json = "application/json";

    [Theory]
    [InlineData("step", Octets, "short", 400, "invalid-observation")]
    [InlineData("step", Octets, "", 400, "invalid-observation")]
    [InlineData("step", Json, """{"image":"AAAA"}""", 400, "invalid-observation")]
    [InlineData("step", Json, "{}", 400, "invalid-observation")]
    [InlineData("step", Json, """{"image":"$","vector":[1]}""", 400, "invalid-observation")]
    [InlineData("step", Json, """{"image":"$","executedAction":3}""", 400, "invalid-action")]
    [InlineData("step", Json, """{"image":"$","executedAction":-1}""", 400, "invalid-action")]
    [InlineData("step", Json, """{"image":"$","executedActionValues":[1]}""", 400, "invalid-action")]
    [InlineData("step", Json, """{"image":"$","executedActionValues":[1,0,"NaN"]}""", 400, "invalid-action")]
    [InlineData("step", Json, """{"image":"$","executedAction":1,"executedActionValues":[1,0,0]}""", 400, "invalid-action")]
    [InlineData("step?executedAction=left", Octets, "$", 400, "invalid-action")]
    [InlineData("step?outputs=everything", Octets, "$", 400, "invalid-options")]
    [InlineData("step?outputs=7", Octets, "$", 400, "invalid-options")]
    [InlineData("observe", Octets, "$", 400, "invalid-action")]
    [InlineData("observe", Json, """{"image":"$"}""", 400, "invalid-action")]
    [InlineData("step", Json, """{"image":""", 400, "malformed-request")]
    [InlineData("step", Json, "null", 400, "malformed-request")]
    [InlineData("step", Json, "[1]", 400, "malformed-request")]
    [InlineData("step", Json, "", 400, "malformed-request")]
    [InlineData("step", Json, """{"image":"not base64!"}""", 400, "malformed-request")]
    [InlineData("step", Json, """{"image":"$","action":1}""", 400, "malformed-request")]
    [InlineData("step", Json, """{"image":"$","image":"$"}""", 400, "malformed-request")]
    [InlineData("step", Json, """{"image":"$","executedAction":1.5}""", 400, "malformed-request")]
    [InlineData("step", "text/plain", "$", 415, "unsupported-content-type")]
    [InlineData("step", null, "$", 415, "unsupported-content-type")]
    [InlineData("step", "nonsense", "$", 415, "unsupported-content-type")]
    public async Task A_step_that_is_refused_leaves_the_session_as_it_was(string route, string? type, string body, int status, string name)
    {
        var host = shared.Host;
        using var agent = DreamerAgent.Load(ServiceHost.Agent);
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        var id = await host.Http.BeginAsync(new { episodeId = "e" });
        var frames = Episodes.Frames(2);
        Episodes.AssertEqual(alone, alone.Act(frames[0]), await host.Http.StepAsync(id, frames[0]));

        var text = body.Replace("$", Convert.ToBase64String(frames[1]), StringComparison.Ordinal);
        var bytes = type == Octets && body == "$" ? frames[1] : Encoding.UTF8.GetBytes(text);
        using var content = new ByteArrayContent(bytes);
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        using var refused = await host.Http.PostAsync($"v1/sessions/{id}/{route}", content);
        await refused.AssertProblemAsync((HttpStatusCode)status, name);

        Episodes.AssertEqual(alone, alone.Act(frames[1]), await host.Http.StepAsync(id, frames[1]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task Numbers_that_are_not_finite_are_refused(float number)
    {
        using var folder = new TemporaryFolder();
        SyntheticAgent.Both.Write(folder.Path);
        await using var host = await ServiceHost.StartAsync($"Agent:Path={folder.Path}", "Agent:Verify=false");
        using var agent = DreamerAgent.Load(folder.Path);
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        var id = await host.Http.BeginAsync(new { episodeId = "e" });
        byte[] Observation(float value) => [.. new byte[90], .. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(value)];

        using var ofBytes = await host.Http.SendBytesAsync($"v1/sessions/{id}/step", Observation(number));
        await ofBytes.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-observation");
        var text = float.IsNaN(number) ? "\"NaN\"" : "1e999";
        using var ofJson = await host.Http.SendBytesAsync(
            $"v1/sessions/{id}/step", Encoding.UTF8.GetBytes($$"""{"image":"{{Convert.ToBase64String(new byte[90])}}","vector":[1,{{text}}]}"""), Json);
        await ofJson.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-observation");

        Episodes.AssertEqual(alone, alone.Act(new AgentObservation(new byte[90], [1, 2])), await host.Http.StepAsync(id, Observation(2)));
    }

    [Theory]
    [InlineData("""{"seed":-1}""", 400, "malformed-request")]
    [InlineData("""{"sead":1}""", 400, "malformed-request")]
    [InlineData("{", 400, "malformed-request")]
    [InlineData("""{"episodeId":""}""", 400, "invalid-options")]
    [InlineData("""{"state":"AAAA"}""", 400, "invalid-state")]
    public async Task A_session_that_cannot_be_is_refused(string body, int status, string name)
    {
        await using var host = await ServiceHost.StartAsync();
        using var refused = await host.Http.SendBytesAsync("v1/sessions", Encoding.UTF8.GetBytes(body), Json);
        await refused.AssertProblemAsync((HttpStatusCode)status, name);
        using var wrongType = await host.Http.SendBytesAsync("v1/sessions", Encoding.UTF8.GetBytes(body), "text/plain");
        await wrongType.AssertProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-content-type");
        Assert.Equal(0, (await host.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("v1/status")).GetProperty("sessions").GetInt32());
    }

    [Fact]
    public async Task A_state_that_is_damaged_or_of_another_agent_is_refused()
    {
        using var folder = new TemporaryFolder();
        SyntheticAgent.Small.Write(folder.Path);
        using var other = DreamerAgent.Load(folder.Path);
        using var session = other.CreateSession();
        await using var host = await ServiceHost.StartAsync();
        var id = await host.Http.BeginAsync();
        await host.Http.StepAsync(id, new byte[50]);
        var damaged = await host.Http.GetByteArrayAsync($"v1/sessions/{id}/state");
        damaged[60] ^= 1;
        foreach (var state in (byte[][])[damaged, session.SaveState()])
        {
            using var refused = await host.Http.PostAsJsonAsync("v1/sessions", new { state });
            await refused.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-state");
        }
    }

    [Fact]
    public async Task An_over_long_body_is_refused_and_the_session_goes_on()
    {
        await using var host = await ServiceHost.StartAsync("Service:MaxBodyBytes=4096");
        var id = await host.Http.BeginAsync();
        foreach (var type in (string[])[Octets, Json])
        {
            using var refused = await host.Http.SendBytesAsync($"v1/sessions/{id}/step", new byte[5000], type);
            await refused.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        }
        Assert.Equal(1, (await host.Http.StepAsync(id, new byte[50])).GetProperty("step").GetInt32());
    }

    [Fact]
    public async Task Unknown_sessions_and_addresses_are_told_apart()
    {
        await using var host = await ServiceHost.StartAsync();
        using var session = await host.Http.SendBytesAsync("v1/sessions/00000000000000000000000000000000/step", new byte[50]);
        await session.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-session");
        using var state = await host.Http.GetAsync("v1/sessions/00000000000000000000000000000000/state");
        await state.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-session");
        using var address = await host.Http.GetAsync("v2/sessions");
        await address.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-route");
        using var method = await host.Http.GetAsync("v1/sessions");
        await method.AssertProblemAsync(HttpStatusCode.MethodNotAllowed, "wrong-method");
        using var socket = await host.Http.GetAsync("v1/episode");
        await socket.AssertProblemAsync(HttpStatusCode.UpgradeRequired, "websocket-required");
    }

    [Fact]
    public async Task A_session_that_was_idle_for_too_long_has_expired()
    {
        var time = new FakeTimeProvider();
        await using var host = await ServiceHost.StartAsync(time, "Agent:Sessions:IdleTimeout=00:01:00");
        var id = await host.Http.BeginAsync();
        time.Advance(TimeSpan.FromMinutes(2));
        using var refused = await host.Http.SendBytesAsync($"v1/sessions/{id}/step", new byte[50]);
        await refused.AssertProblemAsync(HttpStatusCode.Gone, "expired-session");
    }

    [Fact]
    public async Task A_full_pool_says_when_to_come_back()
    {
        await using var host = await ServiceHost.StartAsync("Agent:Sessions:MaxSessions=1");
        var id = await host.Http.BeginAsync();
        using var refused = await host.Http.PostAsync("v1/sessions", null);
        await refused.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "pool-full");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        using var ended = await host.Http.DeleteAsync($"v1/sessions/{id}");
        await host.Http.BeginAsync();
    }

    [Fact]
    public async Task A_busy_session_and_a_full_queue_refuse_and_answer_what_they_had_taken()
    {
        // The clock stands still, so the first step waits for others as long as the test wants.
        var time = new FakeTimeProvider();
        await using var host = await ServiceHost.StartAsync(time, "Agent:Batching:Window=00:00:00.050", "Agent:Batching:MaxQueued=1");
        var (first, second) = (await host.Http.BeginAsync(), await host.Http.BeginAsync());
        await host.Http.BeginAsync();
        var waiting = host.Http.StepAsync(first, new byte[50]);
        await host.QueuedAsync();

        using var busy = await host.Http.SendBytesAsync($"v1/sessions/{first}/step", new byte[50]);
        await busy.AssertProblemAsync(HttpStatusCode.Conflict, "busy-session");
        using var full = await host.Http.SendBytesAsync($"v1/sessions/{second}/step", new byte[50]);
        await full.AssertProblemAsync(HttpStatusCode.TooManyRequests, "queue-full");
        Assert.Equal(TimeSpan.FromSeconds(1), full.Headers.RetryAfter?.Delta);

        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, (await waiting).GetProperty("step").GetInt32());
    }
}
