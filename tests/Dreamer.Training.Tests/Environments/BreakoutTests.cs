using System.Text.Json;
using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public class BreakoutTests
{
    public static IEnumerable<TheoryDataRow<int>> Traces { get; } = [.. Enumerable.Range(0, 20).Select(index => new TheoryDataRow<int>(index))];

    /// <summary>The traces were recorded from the public benchmark: every state, reward and end is reproduced, bit for bit.</summary>
    [Theory]
    [MemberData(nameof(Traces))]
    public void Replays_what_the_public_benchmark_recorded(int index)
    {
        using var trace = JsonDocument.Parse(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Environments", "Fixtures", "breakout-traces.jsonl")).ElementAt(index));
        T[] Values<T>(string name, Func<JsonElement, T> read) => [.. trace.RootElement.GetProperty(name).EnumerateArray().Select(read)];
        var (states, actions) = (Values("states", s => s.GetBytesFromBase64()), Values("actions", a => a.GetInt32()));
        var rewards = Values("rewards", r => r.GetSingle());

        var game = new Breakout(0, stickiness: 0);
        var step = game.Start(trace.RootElement.GetProperty("ball_starts").GetString() == "left");
        Assert.Equal(states[0], Bits(step.Image!));
        for (var t = 0; t < actions.Length; t++)
        {
            step = game.Step(OneHot.Create(actions[t], 3));
            Assert.Equal(states[t + 1], Bits(step.Image!));
            Assert.Equal(rewards[t], step.Reward);
            Assert.Equal(t == actions.Length - 1 && trace.RootElement.GetProperty("terminal").GetBoolean(), step.IsTerminal);
            Assert.Equal(step.IsTerminal, step.IsLast);
        }
        Assert.Equal(states.Length, actions.Length + 1);
    }

    [Fact]
    public void Starts_on_both_sides()
    {
        var game = new Breakout(1);
        var starts = Enumerable.Range(0, 50).Select(_ => game.Reset().Image![((3 * 10) * 4) + 1]).ToList();
        Assert.Contains((byte)255, starts);
        Assert.Contains((byte)0, starts);
    }

    [Fact]
    public void A_saved_game_goes_on_alike()
    {
        var (one, other) = (new Breakout(3), new Breakout(4));
        var random = new Random(5);
        one.Reset();
        for (var i = 0; i < 300; i++)
        {
            other.LoadState(one.SaveState());
            var action = OneHot.Create(random.Next(3), 3);
            var (a, b) = (one.Step(action), other.Step(action));
            Assert.Equal(a.Image, b.Image);
            Assert.Equal((a.Reward, a.IsLast), (b.Reward, b.IsLast));
            if (a.IsLast)
            {
                one.Reset();
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_game_are_refused()
    {
        var game = new Breakout(3);
        game.Reset();
        var state = game.SaveState();
        Assert.Throws<ArgumentException>(() => game.LoadState(state.AsSpan()[1..]));
        state[3] = 200;
        Assert.Throws<ArgumentException>(() => game.LoadState(state));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_stickiness_that_is_no_probability_is_refused(double stickiness) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Breakout(0, stickiness));

    [Fact]
    public void A_random_policy_scores_what_the_documentation_says()
    {
        var (game, random, total) = (new Breakout(2), new Random(7), 0.0);
        for (var episode = 0; episode < 1000; episode++)
        {
            for (var step = game.Reset(); !step.IsLast; total += step.Reward)
            {
                step = game.Step(OneHot.Create(random.Next(3), 3));
            }
        }
        Assert.InRange(total / 1000, 0.33, 0.46);
    }

    private static byte[] Bits(byte[] image)
    {
        var bits = new byte[(image.Length + 7) / 8];
        for (var cell = 0; cell < image.Length; cell++)
        {
            bits[cell / 8] |= (byte)(image[cell] == 255 ? 0x80 >> (cell % 8) : 0);
        }
        return bits;
    }
}
