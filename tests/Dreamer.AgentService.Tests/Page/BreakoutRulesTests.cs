using System.Text.Json;
using Xunit;

namespace Dreamer.AgentService.Tests.Page;

/// <summary>The rules of the page are those that the agent learnt: what the public benchmark recorded, played again in JavaScript.</summary>
public class BreakoutRulesTests
{
    private const string Replay = """
        import { Breakout } from "./breakout.js";
        // A bit a cell and kind of thing, the first one the highest of its byte.
        const bits = frame => {
          const packed = new Uint8Array(Math.ceil(frame.length / 8));
          frame.forEach((byte, index) => { packed[index >> 3] |= byte === 255 ? 128 >> (index & 7) : 0; });
          return Buffer.from(packed).toString("base64");
        };
        output = input.map(({ ball_starts, actions }) => {
          const game = new Breakout(() => ball_starts === "left" ? .25 : .75, 0);
          const played = { states: [bits(game.frame())], rewards: [], ends: [] };
          for (const action of actions) {
            game.step(action);
            played.states.push(bits(game.frame()));
            played.rewards.push(game.reward);
            played.ends.push(game.ended);
          }
          return { ...played, score: game.score()[1] };
        });
        """;

    // Where the ball starts is drawn first, then at every step whether the last action is repeated.
    private const string Sticky = """
        import { Breakout } from "./breakout.js";
        const draws = [0, ...input.sticks.map(sticks => sticks ? .09 : .1)];
        const [sticky, plain] = [new Breakout(() => draws.shift()), new Breakout(() => 0, 0)];
        output = input.chosen.map((action, step) => {
          sticky.step(action);
          plain.step(input.done[step]);
          return { sticky: [...sticky.frame()], plain: [...plain.frame()] };
        });
        """;

    // Among bricks only, below them, and in a row with gaps.
    private const string Blown = """
        import { Breakout } from "./breakout.js";
        const game = new Breakout(() => .25, 0);
        const blow = (ball, taken) => {
          game.reset();
          taken.forEach(cell => game.bricks.delete(cell));
          game.ball = ball;
          game.interfere();
          return [game.ball.y, game.ball.x];
        };
        output = [blow({ x: 0, y: 3 }, []), blow({ x: 7, y: 5 }, []), blow({ x: 1, y: 2 }, [24, 25, 29])];
        """;

    [Fact]
    public async Task Recorded_episodes_played_in_javascript_give_the_recorded_frames_rewards_and_ends()
    {
        var traces = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "traces", "breakout-traces.jsonl"))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        Assert.NotEmpty(traces);
        var played = await PageScripts.RunAsync(Replay, traces);
        for (var i = 0; i < traces.Length; i++)
        {
            Assert.Equal(Strings(traces[i], "states"), Strings(played[i], "states"));
            var rewards = Rewards(traces[i]);
            Assert.Equal(rewards, Rewards(played[i]));
            Assert.Equal(rewards.Sum(), played[i].GetProperty("score").GetSingle());
            var ends = played[i].GetProperty("ends").EnumerateArray().Select(end => end.GetBoolean()).ToArray();
            Assert.DoesNotContain(true, ends[..^1]);
            Assert.Equal(traces[i].GetProperty("terminal").GetBoolean(), ends[^1]);
        }
    }

    [Fact]
    public async Task One_action_in_ten_is_the_one_before_again_and_an_episode_begins_as_if_after_stay()
    {
        int[] chosen = [2, 2, 1, 1, 0], done = [0, 2, 2, 2, 0];
        bool[] sticks = [true, false, true, true, false];
        var frames = await PageScripts.RunAsync(Sticky, new { chosen, done, sticks });
        Assert.Equal(chosen.Length, frames.GetArrayLength());
        Assert.All(frames.EnumerateArray(), step => Assert.Equal(step.GetProperty("plain").GetRawText(), step.GetProperty("sticky").GetRawText()));
    }

    [Fact]
    public async Task Wind_takes_the_ball_elsewhere_in_its_row_where_no_brick_is()
    {
        var blown = await PageScripts.RunAsync(Blown, new { });
        Assert.Equal("[[3,5],[5,2],[2,5]]", blown.GetRawText());
    }

    private static string?[] Strings(JsonElement trace, string name) => [.. trace.GetProperty(name).EnumerateArray().Select(value => value.GetString())];

    private static float[] Rewards(JsonElement trace) => [.. trace.GetProperty("rewards").EnumerateArray().Select(reward => reward.GetSingle())];
}
