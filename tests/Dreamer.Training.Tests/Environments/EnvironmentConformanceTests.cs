using Dreamer.Inference;
using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public class EnvironmentConformanceTests
{
    private static readonly ActionSpace TwoActions = ActionSpace.Discrete("a", "b");
    private static readonly ObservationSpace Both = new(new ImageShape(2, 2, 1), 3);

    private static EnvironmentStep Good => new() { Image = new byte[4], Vector = new float[3] };

    [Theory]
    [InlineData("no image")]
    [InlineData("image has 5 values")]
    [InlineData("vector has 2 values")]
    [InlineData("not finite")]
    [InlineData("Reset returned a row without IsFirst")]
    [InlineData("reward is not finite")]
    [InlineData("IsTerminal without IsLast")]
    [InlineData("Step returned a row with IsFirst")]
    [InlineData("Step after a last row was accepted")]
    [InlineData("wrong length was accepted")]
    [InlineData("not one-hot threw InvalidCastException")]
    public void Finds_what_is_broken(string problem)
    {
        var environment = new Scripted();
        switch (problem)
        {
            case "no image": environment.Change = step => step with { Image = null }; break;
            case "image has 5 values": environment.Change = step => step with { Image = new byte[5] }; break;
            case "vector has 2 values": environment.Change = step => step with { Vector = new float[2] }; break;
            case "not finite": environment.Change = step => step with { Vector = [0, float.NaN, 0] }; break;
            case "Reset returned a row without IsFirst": environment.Change = step => step with { IsFirst = false }; break;
            case "reward is not finite": environment.Change = step => step with { Reward = step.IsFirst ? 0 : float.PositiveInfinity }; break;
            case "IsTerminal without IsLast": environment.Change = step => step with { IsTerminal = !step.IsFirst }; break;
            case "Step returned a row with IsFirst": environment.Change = step => step with { IsFirst = true }; break;
            case "Step after a last row was accepted": environment.Check = _ => { }; break;
            case "wrong length was accepted": environment.Check = running => Scripted.MustRun(running); break;
            default: environment.Check = running => { Scripted.MustRun(running); environment.CastOnBadAction = true; }; break;
        }
        Assert.Contains(EnvironmentConformance.Check(environment), found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Finds_nothing_in_a_good_one() => Assert.Empty(EnvironmentConformance.Check(new Scripted()));

    [Fact]
    public void Finds_what_does_not_follow_the_seed()
    {
        var created = 0;
        var problems = EnvironmentConformance.Check(_ => new Scripted { Change = Reward(++created) });
        Assert.Contains(problems, found => found.Contains("Two environments with the same seed differ", StringComparison.Ordinal));

        static Func<EnvironmentStep, EnvironmentStep> Reward(int value) => step => step with { Reward = step.IsFirst ? 0 : value };
    }

    [Fact]
    public void Says_what_was_checked_and_where_it_failed()
    {
        var checks = EnvironmentConformance.Inspect(_ => new Scripted { Check = Scripted.MustRun }, steps: 40);
        Assert.Equal(["rows", "order of calls", "actions", "refused actions", "seed", "saved state"], checks.Select(check => check.Name));
        Assert.Equal(["actions"], checks.Where(check => !check.Passed).Select(check => check.Name));
        Assert.Equal("40 steps; 0 episodes ended terminal, 10 by a limit", checks[0].Found);
        Assert.StartsWith("not compared", checks[3].Found, StringComparison.Ordinal);
        Assert.StartsWith("it saves no state", checks[5].Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_is_a_problem_and_stops_no_other_check()
    {
        var checks = EnvironmentConformance.Inspect(_ => new Scripted { Change = _ => throw new NotSupportedException("no rows today") });
        Assert.Contains("It threw an unexpected NotSupportedException: no rows today", checks[0].Problems);
        Assert.Equal(6, checks.Count);
    }

    [Fact]
    public void Finds_that_a_refused_action_changed_something()
    {
        var problems = EnvironmentConformance.Check(_ => new Scripted { CountsRefusals = true });
        Assert.Contains(problems, found => found.Contains("A rejected action changes the following rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Finds_an_action_that_should_have_been_taken()
    {
        var problems = EnvironmentConformance.Check(_ => new Scripted { Check = running => throw new ArgumentOutOfRangeException(nameof(running)) });
        Assert.Contains(problems, found => found.Contains("Step with action 'a' threw ArgumentOutOfRangeException", StringComparison.Ordinal));
    }

    [Fact]
    public void Finds_a_state_that_is_not_whole()
    {
        var problems = EnvironmentConformance.Check(seed => new Forgetful(seed));
        Assert.Contains(problems, found => found.Contains("continues differently", StringComparison.Ordinal));
    }

    /// <summary>Episodes of four steps that a test changes to break a rule.</summary>
    private sealed class Scripted : IEnvironment
    {
        private int _left;

        public Func<EnvironmentStep, EnvironmentStep> Change { get; set; } = step => step;

        public Action<bool>? Check { get; set; }

        public bool CastOnBadAction { get; set; }

        public bool CountsRefusals { get; init; }

        public ObservationSpace ObservationSpace => Both;

        public ActionSpace ActionSpace => TwoActions;

        public static void MustRun(bool running)
        {
            if (!running)
            {
                throw new InvalidOperationException();
            }
        }

        public EnvironmentStep Reset()
        {
            _left = 4;
            return Change(Good with { IsFirst = true });
        }

        public EnvironmentStep Step(ReadOnlySpan<float> action)
        {
            if (Check is null)
            {
                if (CountsRefusals && !action.Contains(1f))
                {
                    _left = Math.Max(1, _left - 1);
                }
                OneHot.IndexOf(action, 2);
                MustRun(_left > 0);
            }
            else
            {
                Check(_left > 0);
                if (CastOnBadAction && !action.Contains(1f))
                {
                    throw new InvalidCastException();
                }
            }
            return Change(Good with { IsLast = --_left == 0 });
        }
    }

    /// <summary>Catch that forgets its random generator when it is saved.</summary>
    private sealed class Forgetful(ulong seed) : IResumableEnvironment
    {
        private readonly Catch _game = new(seed);

        public ObservationSpace ObservationSpace => _game.ObservationSpace;

        public ActionSpace ActionSpace => _game.ActionSpace;

        public EnvironmentStep Reset() => _game.Reset();

        public EnvironmentStep Step(ReadOnlySpan<float> action) => _game.Step(action);

        public byte[] SaveState() => _game.SaveState()[..4];

        public void LoadState(ReadOnlySpan<byte> state)
        {
            if (state.Length != 4)
            {
                throw new ArgumentException("4 bytes", nameof(state));
            }
            _game.LoadState([.. state, .. _game.SaveState()[4..]]);
        }
    }
}
