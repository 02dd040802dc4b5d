using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public sealed class CartPoleTests
{
    private static readonly float[] Left = [1, 0];
    private static readonly float[] Right = [0, 1];

    /// <summary>The two equations of motion as a linear system for both accelerations, solved by Cramer's rule: another way than the product's.</summary>
    [Fact]
    public void Moves_as_the_equations_of_motion_say()
    {
        var game = new CartPole(0);
        double x = 0.3, v = -0.4, angle = 0.08, turn = 0.6;
        game.Start(new CartPoleState(x, v, angle, turn));
        foreach (var right in new[] { true, true, false, true, false, false, true })
        {
            // (M + m) a + m l cos(angle) b = F + m l turn^2 sin(angle);  cos(angle) a + 4/3 l b = g sin(angle)
            var (c, s, force) = (Math.Cos(angle), Math.Sin(angle), right ? 10.0 : -10.0);
            var (a11, a12, b1) = (1.1, 0.05 * c, force + (0.05 * turn * turn * s));
            var (a21, a22, b2) = (c, 2.0 / 3, 9.8 * s);
            var determinant = (a11 * a22) - (a12 * a21);
            var (a, b) = (((b1 * a22) - (a12 * b2)) / determinant, ((a11 * b2) - (b1 * a21)) / determinant);
            (x, v, angle, turn) = (x + (0.02 * v), v + (0.02 * a), angle + (0.02 * turn), turn + (0.02 * b));

            var step = game.Step(right ? Right : Left);
            Assert.Equal([x, v, angle, turn], step.Vector!.Select(number => (double)number), new Near(1e-6));
            Assert.Equal((1f, false), (step.Reward, step.IsLast));
        }
    }

    /// <summary>A step that can be done by hand: at rest and upright the pole turns by -F / (l (4/3 (M + m) - m)), the cart by F (4/3) over the same.</summary>
    [Fact]
    public void The_first_push_does_what_can_be_worked_out_by_hand()
    {
        var game = new CartPole(0);
        game.Start(default);
        var vector = game.Step(Right).Vector!;
        Assert.Equal([0, 0.02 * 400 / 41, 0, -0.02 * 600 / 41], vector.Select(number => (double)number), new Near(1e-6));
    }

    [Theory]
    [InlineData(2.39, 1, 0, 0, true)]
    [InlineData(-2.39, -1, 0, 0, true)]
    [InlineData(0, 0, 0.2, 1, true)]
    [InlineData(0, 0, -0.2, -1, true)]
    [InlineData(2.37, 1, 0.2, -1, false)]
    public void It_is_lost_where_the_cart_leaves_the_track_or_the_pole_falls(double x, double v, double angle, double turn, bool lost)
    {
        var game = new CartPole(0);
        game.Start(new CartPoleState(x, v, angle, turn));
        var step = game.Step(Right);
        Assert.Equal((1f, lost, lost), (step.Reward, step.IsLast, step.IsTerminal));
    }

    [Fact]
    public void A_pole_that_stands_for_500_steps_is_cut_and_not_lost()
    {
        var game = new CartPole(4);
        var step = game.Reset();
        for (var i = 1; i <= 500; i++)
        {
            // A linear controller: pushes to where the pole leans and moves, and a little against the cart's drift.
            var lean = step.Vector![2] + (0.5f * step.Vector[3]) + (0.02f * step.Vector[0]) + (0.05f * step.Vector[1]);
            step = game.Step(lean > 0 ? Right : Left);
            Assert.Equal((i == 500, false), (step.IsLast, step.IsTerminal));
        }
        Assert.Throws<InvalidOperationException>(() => game.Step(Left));
    }

    [Fact]
    public void Episodes_start_near_upright_and_each_elsewhere()
    {
        var game = new CartPole(1);
        var starts = Enumerable.Range(0, 200).Select(_ => (float[])game.Reset().Vector!.Clone()).ToArray();
        Assert.All(starts.SelectMany(start => start), number => Assert.InRange(number, -0.05f, 0.05f));
        Assert.All(Enumerable.Range(0, 4), i => Assert.True(starts.Max(start => start[i]) > 0.045f && starts.Min(start => start[i]) < -0.045f));
    }

    [Fact]
    public void A_random_policy_scores_what_the_documentation_says() =>
        Assert.InRange(RandomPlay.MeanReturn(new CartPole(2), episodes: 2000), 20.5, 24);

    [Fact]
    public void The_image_shows_cart_and_pole_and_is_mirrored_with_them()
    {
        var game = new CartPole(0, ObservationKind.Image);
        var one = new Picture(game.Start(new CartPoleState(0.7, 0, 0.15, 0)).Image!);
        var other = new Picture(game.Start(new CartPoleState(-0.7, 0, -0.15, 0)).Image!);
        Assert.Equal(one.Mirrored(), other);
        Assert.NotEqual(one, other);
        // 32 + 12 * 0.7 pixels, and the tip of the pole 40 sin(0.15) further.
        Assert.Equal(32 + (12 * 0.7), one.CentreOf(40, 72, 152).X, 0.3);
        Assert.Equal(one.At(46, 6), one.At(45, 12));
        Assert.NotEqual(one.At(46, 6), one.At(40, 6));
    }

    [Fact]
    public void Bytes_that_are_no_state_are_refused_and_change_nothing()
    {
        var game = new CartPole(3);
        game.Reset();
        var state = game.SaveState();
        var infinite = (byte[])state.Clone();
        BitConverter.GetBytes(double.PositiveInfinity).CopyTo(infinite, 8);
        Assert.Throws<ArgumentException>(() => game.LoadState(infinite));
        Assert.Throws<ArgumentException>(() => game.LoadState(state.AsSpan()[1..]));
        Assert.Throws<ArgumentException>(() => game.LoadState([.. state[..^32], .. new byte[32]]));
        Assert.Equal(state, game.SaveState());
    }

    [Fact]
    public void Kinds_of_observation_that_there_are_not_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CartPole(0, (ObservationKind)5));
}
