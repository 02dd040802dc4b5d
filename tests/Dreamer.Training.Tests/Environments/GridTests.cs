using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public sealed class GridTests
{
    private const int Left = 0, Down = 1, Right = 2, Up = 3;

    private static readonly GridOptions Sure = new() { SlipProbability = 0 };

    [Fact]
    public void The_short_way_leads_to_the_goal_at_a_small_cost()
    {
        var grid = new Grid(1, Sure);
        Assert.Equal([1, 3], grid.Reset().Vector!);
        (int Action, float[] Cell)[] way = [(Up, [1, 2]), (Up, [1, 1]), (Right, [2, 1]), (Right, [3, 1])];
        foreach (var (action, cell) in way)
        {
            var step = Do(grid, action);
            Assert.Equal(cell, step.Vector!);
            Assert.Equal((-0.04f, false, false), (step.Reward, step.IsLast, step.IsTerminal));
        }
        var last = Do(grid, Right);
        Assert.Equal([4, 1], last.Vector!);
        Assert.Equal((1f, true, true), (last.Reward, last.IsLast, last.IsTerminal));
    }

    [Fact]
    public void The_hole_ends_the_episode_with_a_loss()
    {
        var grid = new Grid(1, Sure);
        grid.Reset();
        var last = Array.ConvertAll([Right, Right, Right, Up], action => Do(grid, action))[^1];
        Assert.Equal((-1f, true, true), (last.Reward, last.IsLast, last.IsTerminal));
    }

    [Theory]
    [InlineData(1, 3, Left)]
    [InlineData(1, 3, Down)]
    [InlineData(1, 2, Up, Right)]
    [InlineData(2, 3, Right, Up)]
    public void Walls_stop_a_step(float column, float row, params int[] actions)
    {
        var grid = new Grid(1, Sure);
        grid.Reset();
        Assert.Equal([column, row], Array.ConvertAll(actions, action => Do(grid, action))[^1].Vector!);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(3)]
    public void The_time_limit_is_last_and_not_terminal(int limit)
    {
        var grid = new Grid(1, Sure with { MaxSteps = limit });
        grid.Reset();
        for (var step = 1; step <= limit; step++)
        {
            var row = Do(grid, Down);
            Assert.Equal((step == limit, false), (row.IsLast, row.IsTerminal));
        }
    }

    [Fact]
    public void Steps_slip_to_either_side_as_often_as_they_should()
    {
        var (grid, counts) = (new Grid(3), new Dictionary<(float, float), int>());
        const int Trials = 20_000;
        for (var i = 0; i < Trials; i++)
        {
            grid.Reset();
            var cell = Do(grid, Up).Vector!;
            counts[(cell[0], cell[1])] = counts.GetValueOrDefault((cell[0], cell[1])) + 1;
        }
        // Up, or to the right, or against the wall on the left; four deviations of the binomial to either side.
        Assert.Equal([(1, 2), (1, 3), (2, 3)], counts.Keys.Order());
        Assert.InRange(counts[(1, 2)] / (double)Trials, 0.8 - 0.0114, 0.8 + 0.0114);
        Assert.InRange(counts[(2, 3)] / (double)Trials, 0.1 - 0.0085, 0.1 + 0.0085);
    }

    /// <summary>What the documentation says, from a model of the task that is written anew in <see cref="GridModel"/>.</summary>
    [Fact]
    public void The_best_policy_earns_what_the_documentation_says_and_earns_it_when_played()
    {
        var (endless, limited) = (GridModel.Solve(10_000), GridModel.Solve(50));
        Assert.Equal(0.7453, endless.Value, 4);
        Assert.Equal(endless.Value, limited.Value, 5);

        var (grid, total) = (new Grid(5), 0.0);
        const int Episodes = 4000;
        for (var episode = 0; episode < Episodes; episode++)
        {
            for (var step = grid.Reset(); !step.IsLast; total += step.Reward)
            {
                step = Do(grid, limited.Policy[((int)step.Vector![0], (int)step.Vector[1])]);
            }
        }
        Assert.InRange(total / Episodes, limited.Value - 0.04, limited.Value + 0.04);
    }

    [Fact]
    public void The_model_says_what_a_random_policy_earns() => Assert.Equal(-1.32, GridModel.RandomValue(50), 2);

    [Theory]
    [InlineData(Grid.Name, -1.32)]
    [InlineData(Grid.ImageName, -0.16)]
    public void A_random_policy_earns_what_the_documentation_says(string name, double expected) =>
        Assert.InRange(RandomPlay.MeanReturn(EnvironmentRegistry.Default.Create(name, 2), episodes: 4000), expected - 0.06, expected + 0.06);

    [Fact]
    public void The_image_shows_where_everything_is()
    {
        var grid = new Grid(1, GridOptions.Easy);
        var image = grid.Reset().Image!;
        var (wall, floor, goal, hole, player) = (Cell(0, 0), Cell(2, 3), Cell(4, 1), Cell(4, 2), Cell(1, 3));
        Assert.Equal(5, new[] { wall, floor, goal, hole, player }.Distinct().Count());
        Assert.Equal(wall, Cell(2, 2));
        Assert.Equal(floor, Cell(1, 1));
        image = Do(grid, Up).Image!;
        Assert.Equal((floor, player), (Cell(1, 3), Cell(1, 2)));

        (byte, byte, byte) Cell(int column, int row)
        {
            var at = (((int)((row + 0.5) * 12.8) * 64) + (int)((column + 0.5) * 64 / 6)) * 3;
            return (image[at], image[at + 1], image[at + 2]);
        }
    }

    [Fact]
    public void Bytes_that_are_no_state_are_refused_and_change_nothing()
    {
        var grid = new Grid(3);
        grid.Reset();
        var state = grid.SaveState();
        foreach (var (at, value) in new[] { (0, 0), (1, 9), (2, 51), (5, 1), (6, 2) })
        {
            var bad = (byte[])state.Clone();
            bad[at] = (byte)value;
            Assert.Throws<ArgumentException>(() => grid.LoadState(bad));
        }
        Assert.Throws<ArgumentException>(() => grid.LoadState([.. state[..^32], .. new byte[32]]));
        Assert.Equal(state, grid.SaveState());
    }

    [Fact]
    public void Options_that_make_no_task_are_refused()
    {
        GridOptions[] bad =
        [
            new() { SlipProbability = 1.1 }, new() { SlipProbability = double.NaN }, new() { StepReward = float.NaN },
            new() { MaxSteps = 0 }, new() { Observation = (ObservationKind)7 },
        ];
        Assert.All(bad, options => Assert.Throws<ArgumentException>(() => new Grid(0, options)));
    }

    private static EnvironmentStep Do(Grid grid, int action)
    {
        var step = grid.Step(OneHot.Create(action, 4));
        return step with { Vector = (float[]?)step.Vector?.Clone() };
    }
}
