using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public class CatchTests
{
    private static readonly float[] Left = [1, 0, 0];
    private static readonly float[] Stay = [0, 1, 0];
    private static readonly float[] Right = [0, 0, 1];

    [Fact]
    public void Shows_ball_and_paddle_as_full_bytes()
    {
        var game = new Catch(3);
        var image = game.Reset().Image!;
        Assert.Equal(2, image.Count(cell => cell == 255));
        Assert.Equal(48, image.Count(cell => cell == 0));
        Assert.Contains((byte)255, image[..5]);
        Assert.Equal(255, image[45 + 2]);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-1f)]
    public void Rewards_the_catch_and_punishes_the_miss_at_the_ninth_step(float wanted)
    {
        var game = new Catch(5);
        var ball = Array.IndexOf(game.Reset().Image!, (byte)255);
        var goal = wanted > 0 ? ball : (ball + 2) % 5;
        var paddle = 2;
        for (var i = 1; i <= 9; i++)
        {
            var action = paddle < goal ? Right : paddle > goal ? Left : Stay;
            paddle += Math.Sign(goal - paddle);
            var step = game.Step(action);
            Assert.Equal(i == 9, step.IsLast);
            Assert.Equal(i == 9, step.IsTerminal);
            Assert.Equal(i == 9 ? wanted : 0, step.Reward);
        }
    }

    [Fact]
    public void Drops_the_ball_in_every_column()
    {
        var game = new Catch(1);
        var columns = Enumerable.Range(0, 100).Select(_ => Array.IndexOf(game.Reset().Image!, (byte)255)).ToHashSet();
        Assert.Equal([0, 1, 2, 3, 4], columns.Order());
    }

    [Fact]
    public void Is_found_by_name_in_any_case()
    {
        Assert.IsType<Catch>(EnvironmentRegistry.Default.Create("CATCH", 1));
        Assert.Contains("catch", EnvironmentRegistry.Default.Names);
    }

    [Fact]
    public void Unknown_name_lists_the_known()
    {
        var error = Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Default.Create("pong", 1));
        Assert.Contains("'pong'", error.Message, StringComparison.Ordinal);
        Assert.Contains("catch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_taken_once()
    {
        var registry = new EnvironmentRegistry();
        registry.Register("mine", seed => new Catch(seed));
        Assert.Throws<ArgumentException>(() => registry.Register("Mine", seed => new Catch(seed)));
    }
}
