using System.Text.Json;
using Dreamer.Inference.Episodes;
using Xunit;

namespace Dreamer.AgentService.Tests.Page;

/// <summary>The rules of the page are those that the agent learnt: its recorded episodes, played again in JavaScript.</summary>
public class CatchRulesTests
{
    private const string Player = """
        import { Catch } from "./catch.js";
        output = input.map(({ column, actions }) => {
          const game = new Catch(() => (column + .5) / 5);
          const rows = [{ frame: [...game.frame()], reward: game.reward, ended: game.ended }];
          for (const action of actions) {
            game.step(action);
            rows.push({ frame: [...game.frame()], reward: game.reward, ended: game.ended });
          }
          return rows;
        });
        """;

    [Fact]
    public async Task Recorded_episodes_played_in_javascript_give_the_recorded_frames()
    {
        var episodes = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "recordings")).Select(file => EpisodeFile.Read(file)).ToArray();
        var played = await PageScripts.RunAsync(Player, episodes.Select(episode => new { column = Column(episode), actions = Actions(episode) }));
        for (var i = 0; i < episodes.Length; i++)
        {
            AssertPlayed(episodes[i], [.. played[i].EnumerateArray()]);
        }
    }

    private static void AssertPlayed(Episode episode, JsonElement[] rows)
    {
        Assert.Equal(episode.RowCount, rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(episode.Image(row).ToArray(), rows[row].GetProperty("frame").EnumerateArray().Select(cell => cell.GetByte()));
            Assert.Equal(episode.Rewards[row], rows[row].GetProperty("reward").GetSingle());
            Assert.Equal(row == rows.Length - 1, rows[row].GetProperty("ended").GetBoolean());
        }
    }

    // The ball is the one cell of the first frame's top row; row t holds the action that led to it.
    private static int Column(Episode episode) => episode.Image(0)[..5].IndexOf(byte.MaxValue);

    private static int[] Actions(Episode episode) =>
        [.. Enumerable.Range(1, episode.RowCount - 1).Select(row => episode.Action(row).IndexOf(1f))];
}
