using System.Net;
using System.Net.Http.Json;
using Dreamer.Inference;
using Xunit;

namespace Dreamer.AgentService.Tests.Endpoints;

public class SessionEndpointTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_episode_over_http_is_that_of_a_session_to_the_last_bit(bool greedy)
    {
        await using var host = await ServiceHost.StartAsync();
        using var agent = DreamerAgent.Load(ServiceHost.Agent);
        using var alone = agent.CreateSession(new()
        {
            Seed = 11, EpisodeId = "e", ActionSelection = greedy ? ActionSelection.Greedy : ActionSelection.Sampled,
        });
        var id = await host.Http.BeginAsync(new { seed = 11, greedy, episodeId = "e" });
        foreach (var frame in Episodes.Frames(20))
        {
            Episodes.AssertEqual(alone, alone.Act(frame), await host.Http.StepAsync(id, frame));
        }
    }

    [Fact]
    public async Task Json_says_what_bytes_say()
    {
        await using var host = await ServiceHost.StartAsync();
        var (bytes, json) = (await host.Http.BeginAsync(new { episodeId = "e" }), await host.Http.BeginAsync(new { episodeId = "e" }));
        foreach (var frame in Episodes.Frames(3))
        {
            using var response = await host.Http.PostAsJsonAsync($"v1/sessions/{json}/step", new { image = frame });
            var answer = await response.JsonAsync();
            Assert.Equal((await host.Http.StepAsync(bytes, frame)).GetRawText(), answer.GetRawText());
        }
    }

    [Fact]
    public async Task Observing_tells_the_agent_what_was_done_in_place_of_its_action()
    {
        await using var host = await ServiceHost.StartAsync();
        using var agent = DreamerAgent.Load(ServiceHost.Agent);
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        var id = await host.Http.BeginAsync(new { episodeId = "e" });
        var frames = Episodes.Frames(3);
        Episodes.AssertEqual(alone, alone.Act(frames[0]), await host.Http.StepAsync(id, frames[0]));

        using var ofBytes = await host.Http.SendBytesAsync($"v1/sessions/{id}/observe?executedAction=2", frames[1]);
        Episodes.AssertEqual(alone, alone.Observe(frames[1], 2), await ofBytes.JsonAsync());

        using var ofJson = await host.Http.PostAsJsonAsync($"v1/sessions/{id}/observe", new { image = frames[2], executedAction = 0 });
        Episodes.AssertEqual(alone, alone.Observe(frames[2], 0), await ofJson.JsonAsync());
    }

    [Fact]
    public async Task An_answer_holds_what_was_asked_for()
    {
        await using var host = await ServiceHost.StartAsync();
        var id = await host.Http.BeginAsync();
        var frames = Episodes.Frames(4);
        Assert.Equal(["step", "action", "actionName"], await NamesAsync("?outputs=none", 0));
        Assert.Equal(["step", "action", "actionName", "reward", "discount", "value"], await NamesAsync("?outputs=outcome", 1));
        Assert.Equal(["step", "action", "actionName", "surprise", "probabilities"], await NamesAsync("?outputs=surprise,Probabilities", 2));
        Assert.Equal(["step", "action", "actionName", "reward", "discount", "value", "surprise", "probabilities"], await NamesAsync("", 3));

        async Task<IEnumerable<string>> NamesAsync(string query, int frame) =>
            (await host.Http.StepAsync(id, frames[frame], query)).EnumerateObject().Select(property => property.Name);
    }

    [Fact]
    public async Task A_saved_session_goes_on_in_another_service()
    {
        await using var first = await ServiceHost.StartAsync();
        await using var second = await ServiceHost.StartAsync();
        using var agent = DreamerAgent.Load(ServiceHost.Agent);
        using var alone = agent.CreateSession(new() { Seed = 5, EpisodeId = "moved" });
        var frames = Episodes.Frames(8);
        var id = await first.Http.BeginAsync(new { seed = 5, episodeId = "moved" });
        foreach (var frame in frames[..4])
        {
            Episodes.AssertEqual(alone, alone.Act(frame), await first.Http.StepAsync(id, frame));
        }

        var state = await first.Http.GetByteArrayAsync($"v1/sessions/{id}/state");
        using var begun = await second.Http.PostAsJsonAsync("v1/sessions", new { state });
        var answer = await begun.JsonAsync();
        Assert.Equal(("moved", 5ul, 4), (answer.GetProperty("episodeId").GetString(), answer.GetProperty("seed").GetUInt64(), answer.GetProperty("step").GetInt32()));
        foreach (var frame in frames[4..])
        {
            Episodes.AssertEqual(alone, alone.Act(frame), await second.Http.StepAsync(answer.GetProperty("id").GetString()!, frame));
        }
    }

    [Fact]
    public async Task A_session_that_was_ended_is_unknown()
    {
        await using var host = await ServiceHost.StartAsync();
        var id = await host.Http.BeginAsync();
        using var ended = await host.Http.DeleteAsync($"v1/sessions/{id}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var again = await host.Http.DeleteAsync($"v1/sessions/{id}");
        await again.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-session");
    }

    [Fact]
    public async Task Images_and_vectors_travel_together()
    {
        using var folder = new TemporaryFolder();
        SyntheticAgent.Both.Write(folder.Path);
        await using var host = await ServiceHost.StartAsync($"Agent:Path={folder.Path}", "Agent:Verify=false");
        using var agent = DreamerAgent.Load(folder.Path);
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        var (bytes, json) = (await host.Http.BeginAsync(new { episodeId = "e" }), await host.Http.BeginAsync(new { episodeId = "e" }));
        var (image, vector) = (new byte[90], new[] { 0.25f, -3 });
        image[7] = 200;
        var action = alone.Act(new AgentObservation(image, vector));

        byte[] observation = [.. image, .. vector.SelectMany(BitConverter.GetBytes)];
        Episodes.AssertEqual(alone, action, await host.Http.StepAsync(bytes, observation));
        using var response = await host.Http.PostAsJsonAsync($"v1/sessions/{json}/step", new { image, vector });
        Episodes.AssertEqual(alone, action, await response.JsonAsync());
    }

    [Fact]
    public async Task Continuous_actions_are_numbers()
    {
        using var folder = new TemporaryFolder();
        SyntheticAgent.Continuous.Write(folder.Path);
        await using var host = await ServiceHost.StartAsync($"Agent:Path={folder.Path}", "Agent:Verify=false");
        using var agent = DreamerAgent.Load(folder.Path);
        using var alone = agent.CreateSession(new() { EpisodeId = "e" });
        var id = await host.Http.BeginAsync(new { episodeId = "e" });
        var (vector, action) = (new[] { 1f, 2, 3, 4 }, new float[2]);
        byte[] observation = [.. vector.SelectMany(BitConverter.GetBytes)];

        alone.Act(vector, action);
        var answer = await host.Http.StepAsync(id, observation);
        Assert.Equal(action, answer.GetProperty("actionValues").EnumerateArray().Select(value => value.GetSingle()));
        Assert.False(answer.TryGetProperty("action", out _));

        alone.Observe(vector, [0.5f, -0.5f], action);
        using var observed = await host.Http.SendBytesAsync($"v1/sessions/{id}/observe?executedAction=0.5,-0.5", observation);
        Assert.Equal(action, (await observed.JsonAsync()).GetProperty("actionValues").EnumerateArray().Select(value => value.GetSingle()));
    }
}
