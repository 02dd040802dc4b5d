using System.Numerics;
using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public sealed class PendulumTests
{
    /// <summary>The angle as a turning complex number and not as an angle: another way than the product's.</summary>
    [Theory]
    [InlineData(Math.PI, 0, 2f, 2f, -1f, 0.5f)]
    [InlineData(-0.3, 7.95, 2f, 2f, 2f, 2f)]
    [InlineData(3.0, -1.0, -2f, -2f, -2f, -2f)]
    public void Swings_and_costs_as_the_equations_say(double angle, double velocity, params float[] torques)
    {
        var pendulum = new Pendulum(0);
        pendulum.Start(angle, velocity);
        var (direction, speed) = (Complex.FromPolarCoordinates(1, angle), velocity);
        foreach (var torque in torques)
        {
            var expected = -(Math.Pow(direction.Phase, 2) + (0.1 * speed * speed) + (0.001 * torque * torque));
            speed = Math.Max(-8, Math.Min(8, speed + (0.75 * direction.Imaginary) + (0.15 * torque)));
            direction *= Complex.FromPolarCoordinates(1, 0.05 * speed);

            var step = pendulum.Step([torque]);
            Assert.Equal(expected, step.Reward, 1e-5);
            Assert.Equal([direction.Real, direction.Imaginary, speed], step.Vector!.Select(number => (double)number), new Near(1e-6));
        }
    }

    [Fact]
    public void Whole_turns_cost_nothing()
    {
        var (one, other) = (new Pendulum(0), new Pendulum(0));
        one.Start(0.5, 1);
        other.Start(0.5 - (6 * Math.PI), 1);
        Assert.Equal(one.Step([1]).Reward, other.Step([1]).Reward, 1e-5);
    }

    [Fact]
    public void Hanging_still_costs_pi_squared_and_standing_still_nothing()
    {
        var pendulum = new Pendulum(0);
        pendulum.Start(Math.PI, 0);
        Assert.Equal(-Math.PI * Math.PI, pendulum.Step([0]).Reward, 1e-5);
        pendulum.Start(0, 0);
        Assert.Equal(0, pendulum.Step([0]).Reward);
    }

    [Fact]
    public void It_is_cut_after_200_steps_and_never_terminal()
    {
        var pendulum = new Pendulum(4);
        pendulum.Reset();
        for (var i = 1; i <= 200; i++)
        {
            var step = pendulum.Step([0]);
            Assert.Equal((i == 200, false), (step.IsLast, step.IsTerminal));
        }
        Assert.Throws<InvalidOperationException>(() => pendulum.Step([0]));
    }

    [Theory]
    [InlineData(2.01f)]
    [InlineData(-2.01f)]
    [InlineData(float.NaN)]
    public void Torques_that_the_motor_has_not_are_refused(float torque)
    {
        var pendulum = new Pendulum(4);
        pendulum.Reset();
        Assert.Throws<ArgumentException>(() => pendulum.Step([torque]));
    }

    [Fact]
    public void Episodes_start_anywhere()
    {
        var pendulum = new Pendulum(1);
        var starts = Enumerable.Range(0, 400).Select(_ => (float[])pendulum.Reset().Vector!.Clone()).ToArray();
        Assert.All(Enumerable.Range(0, 3), i => Assert.InRange(starts.Max(start => start[i]), 0.97f, 1));
        Assert.All(Enumerable.Range(0, 3), i => Assert.InRange(starts.Min(start => start[i]), -1, -0.97f));
    }

    [Fact]
    public void A_random_policy_scores_what_the_documentation_says() =>
        Assert.InRange(RandomPlay.MeanReturn(new Pendulum(2), episodes: 1000), -1260, -1180);

    /// <summary>Pumps energy while it hangs, and balances it near the top: what the motor can do, learnt by nobody.</summary>
    [Fact]
    public void A_controller_scores_what_the_documentation_calls_good()
    {
        var (pendulum, total) = (new Pendulum(3), 0.0);
        const int Episodes = 200;
        for (var episode = 0; episode < Episodes; episode++)
        {
            for (var step = pendulum.Reset(); !step.IsLast; total += step.Reward)
            {
                step = pendulum.Step([Torque(step.Vector!)]);
            }
        }
        Assert.InRange(total / Episodes, -220, -130);
    }

    [Fact]
    public void The_image_shows_the_rod_and_is_mirrored_with_it()
    {
        var pendulum = new Pendulum(0, ObservationKind.Image);
        var left = new Picture(pendulum.Start(0.6, 0).Image!);
        var right = new Picture(pendulum.Start(-0.6, 0).Image!);
        Assert.Equal(left.Mirrored(), right);
        // Counterclockwise: a positive angle leans to the left.
        Assert.True(left.CentreOf(200, 72, 72).X < 28);
        Assert.True(left.CentreOf(200, 72, 72).Y < 28);
        Assert.True(new Picture(pendulum.Start(Math.PI, 0).Image!).CentreOf(200, 72, 72).Y > 36);
    }

    private static float Torque(float[] seen)
    {
        var (angle, velocity) = (Math.Atan2(seen[1], seen[0]), (double)seen[2]);
        if (seen[0] > 0.9 && Math.Abs(velocity) < 3)
        {
            return (float)Math.Clamp((-12 * angle) - (3 * velocity), -2, 2);
        }
        // Energy above that of standing still, with the rod's moment of inertia m l^2 / 3.
        var energy = (velocity * velocity / 6) + (5 * (seen[0] - 1));
        return (float)Math.Clamp(-8 * energy * (velocity >= 0 ? 1 : -1), -2, 2);
    }
}
