using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AgentService.Load;
using Dreamer.Inference;
using Xunit;

namespace Dreamer.AgentService.Tests.Endpoints;

public sealed class AgentEndpointTests : IDisposable
{
    private const string Key = "0123456789abcdef";

    private readonly TemporaryFolder _agents = new();

    public void Dispose() => _agents.Dispose();

    [Fact]
    public async Task The_agent_says_what_it_observes_and_does()
    {
        await using var host = await ServiceHost.StartAsync();
        var agent = await host.Http.GetFromJsonAsync<JsonElement>("v1/agent");
        Assert.Equal("catch", agent.GetProperty("name").GetString());
        Assert.Equal([10, 5, 1], agent.GetProperty("observations")[0].GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()));
        Assert.Equal(["left", "stay", "right"], agent.GetProperty("action").GetProperty("names").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task The_service_is_alive_and_ready()
    {
        await using var host = await ServiceHost.StartAsync();
        Assert.Equal("Healthy", await host.Http.GetStringAsync("healthz/live"));
        Assert.Equal("Healthy", await host.Http.GetStringAsync("healthz/ready"));
    }

    [Fact]
    public async Task The_status_counts_sessions_and_answers()
    {
        await using var host = await ServiceHost.StartAsync("Agent:Sessions:MaxSessions=7", "Agent:Batching:MaxQueued=9");
        await host.Http.BeginAsync();
        var status = await host.Http.GetFromJsonAsync<JsonElement>("v1/status");
        Assert.Equal((1, 7, 0, 9, 1), (Number("sessions"), Number("sessionLimit"), Number("queued"), Number("queueLimit"), Number("generation")));
        // The second request is this one, which is not answered while it counts.
        Assert.Equal(2, Number("accepted"));

        int Number(string name) => status.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Another_agent_takes_the_place_for_those_who_begin_and_a_bad_one_does_not()
    {
        AgentVariants.Write(ServiceHost.Agent, _agents.Path, 5);
        await using var host = await ServiceHost.StartAsync($"Service:ReloadKey={Key}", $"Service:AgentsRoot={_agents.Path}");
        using var agent = DreamerAgent.Load(ServiceHost.Agent);
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        var frames = Episodes.Frames(8);
        var id = await host.Http.BeginAsync(new { episodeId = "e" });
        for (var i = 1; i <= 5; i++)
        {
            using var refused = await ReloadAsync(host, $"bad-{i}");
            await refused.AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "reload-refused");
            Episodes.AssertEqual(alone, alone.Act(frames[i - 1]), await host.Http.StepAsync(id, frames[i - 1]));
        }
        Assert.Equal("Degraded", await host.Http.GetStringAsync("healthz/ready"));

        using var taken = await ReloadAsync(host, "good-1");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        var answer = await taken.JsonAsync();
        Assert.Equal((2, true), (answer.GetProperty("generation").GetInt32(), answer.GetProperty("swapped").GetBoolean()));
        Assert.Equal("Healthy", await host.Http.GetStringAsync("healthz/ready"));
        using var begun = await host.Http.PostAsync("v1/sessions", null);
        Assert.Equal(2, (await begun.JsonAsync()).GetProperty("generation").GetInt32());
        Episodes.AssertEqual(alone, alone.Act(frames[6]), await host.Http.StepAsync(id, frames[6]));

        using var again = await ReloadAsync(host, "good-1");
        Assert.False((await again.JsonAsync()).GetProperty("swapped").GetBoolean());
    }

    [Fact]
    public async Task A_reload_waits_for_episodes_that_hold_the_agents_before()
    {
        AgentVariants.Write(ServiceHost.Agent, _agents.Path, 1);
        await using var host = await ServiceHost.StartAsync(
            $"Service:ReloadKey={Key}", $"Service:AgentsRoot={_agents.Path}", "Agent:Reload:MaxRetired=0");
        var id = await host.Http.BeginAsync();
        using var deferred = await ReloadAsync(host, "good-1");
        await deferred.AssertProblemAsync(HttpStatusCode.Conflict, "reload-deferred");

        using var ended = await host.Http.DeleteAsync($"v1/sessions/{id}");
        using var taken = await ReloadAsync(host, "good-1");
        Assert.True((await taken.JsonAsync()).GetProperty("swapped").GetBoolean());
    }

    [Theory]
    [InlineData("../catch")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/tmp")]
    [InlineData("none")]
    public async Task A_reload_takes_plain_names_of_folders_that_are_there(string folder)
    {
        await using var host = await ServiceHost.StartAsync($"Service:ReloadKey={Key}");
        using var refused = await ReloadAsync(host, folder);
        await refused.AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "reload-refused");
    }

    [Fact]
    public async Task A_reload_needs_a_key_and_is_not_there_without_one()
    {
        await using var host = await ServiceHost.StartAsync($"Service:ReloadKey={Key}");
        using var none = await host.Http.PostAsJsonAsync("v1/agent/reload", new { folder = "catch" });
        await none.AssertProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        using var other = await ReloadAsync(host, "catch", "0123456789abcdeF");
        await other.AssertProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        using var same = await ReloadAsync(host, "catch");
        Assert.False((await same.JsonAsync()).GetProperty("swapped").GetBoolean());

        await using var closed = await ServiceHost.StartAsync();
        using var absent = await ReloadAsync(closed, "catch");
        await absent.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-route");
    }

    [Theory]
    [InlineData("Service:ReloadKey=short")]
    [InlineData("Service:MaxBodyBytes=1")]
    [InlineData("Agent:Path=nowhere")]
    [InlineData("Agent:Sessions:MaxSessions=0")]
    public async Task A_service_that_is_configured_wrongly_does_not_start(string setting) =>
        await Assert.ThrowsAnyAsync<Exception>(() => ServiceHost.StartAsync(setting));

    private static async Task<HttpResponseMessage> ReloadAsync(ServiceHost host, string folder, string key = Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/agent/reload") { Content = JsonContent.Create(new { folder }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await host.Http.SendAsync(request);
    }
}
