using System.Text.Json;
using Xunit;

namespace Dreamer.AgentService.Tests.Page;

/// <summary>The page plays what the served agent was trained on, or says that it cannot.</summary>
public class GamesTests
{
    private const string Choose = """
        import { gameOf } from "./games.js";
        output = input.map(agent => {
          try {
            const game = gameOf(agent);
            return { name: game.name, bytes: game.frame().length, told: [game.about, game.endHint, game.describe(), game.interference.label] };
          } catch (error) {
            return { refused: error.message };
          }
        });
        """;

    [Fact]
    public async Task The_game_is_the_one_whose_frames_the_agent_observes_and_whose_actions_it_picks()
    {
        string[] catches = ["left", "stay", "right"], breaks = ["stay", "left", "right"];
        var chosen = await PageScripts.RunAsync(Choose, new[]
        {
            Agent([10, 5, 1], 3, catches), Agent([10, 10, 4], 3, breaks), Agent([10, 10, 4], 3, null),
            Agent([10, 10, 4], 3, catches), Agent([10, 10, 4], 2, null), Agent([10, 10, 3], 3, breaks), Agent([50], 3, catches),
            Agent([10, 5, 1], 3, null, kind: "continuous"), new { name = "two", observations = new[] { Image([10, 5, 1]), Image([4]) }, action = Action(3, catches) },
        });
        var answers = chosen.EnumerateArray().ToArray();
        Assert.Equal(["Catch", "Breakout", "Breakout"], answers[..3].Select(answer => answer.GetProperty("name").GetString()));
        Assert.Equal([50, 400, 400], answers[..3].Select(answer => answer.GetProperty("bytes").GetInt32()));
        Assert.All(answers[..3], answer => Assert.All(answer.GetProperty("told").EnumerateArray(), text => Assert.False(string.IsNullOrEmpty(text.GetString()))));
        Assert.All(answers[3..], answer => Assert.Contains("Catch, Breakout", answer.GetProperty("refused").GetString(), StringComparison.Ordinal));
        Assert.Contains("'two'", answers[^1].GetProperty("refused").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_that_comes_with_the_service_has_a_game()
    {
        await using var host = await ServiceHost.StartAsync();
        var agent = JsonSerializer.Deserialize<JsonElement>(await host.Http.GetStringAsync("v1/agent"));
        var chosen = await PageScripts.RunAsync(Choose, new[] { agent });
        Assert.Equal("Catch", chosen[0].GetProperty("name").GetString());
    }

    private static object Agent(int[] shape, int size, string[]? names, string kind = "discrete") =>
        new { name = "any", observations = new[] { Image(shape) }, action = Action(size, names, kind) };

    private static object Image(int[] shape) => new { key = "image", type = "uint8", shape };

    private static object Action(int size, string[]? names, string kind = "discrete") => new { kind, size, names };
}
