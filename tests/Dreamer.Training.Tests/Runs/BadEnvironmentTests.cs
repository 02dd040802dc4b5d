using Dreamer.Training.Environments;
using Dreamer.Training.Optimization;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

/// <summary>A run in an environment that breaks its contract ends at once, and says how it is broken.</summary>
public sealed class BadEnvironmentTests : IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("The image has 49 values; the observation space has 50")]
    [InlineData("A row has no image")]
    [InlineData("A row has a vector, but the observation space has none")]
    [InlineData("A reward is not finite")]
    [InlineData("A row has IsTerminal without IsLast")]
    [InlineData("Step returned a row with IsFirst")]
    public async Task What_it_returned_and_where_is_named(string problem)
    {
        Func<EnvironmentStep, EnvironmentStep> change = problem[..11] switch
        {
            "The image h" => step => step with { Image = new byte[49] },
            "A row has n" => step => step with { Image = null },
            "A row has a" => step => step with { Vector = [1] },
            "A reward is" => step => step with { Reward = float.NaN },
            "A row has I" => step => step with { IsTerminal = true, IsLast = false },
            _ => step => step with { IsFirst = true },
        };
        using var trainer = new DreamerTrainer(new Changed(change, from: 12), DreamerPresets.Debug);
        var error = await Assert.ThrowsAsync<InvalidEnvironmentException>(() => trainer.RunAsync());
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        // The ninth action ends an episode: the twelfth is the third of the second.
        Assert.Contains("row 3 of episode 'train00000001'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_out_of_range_is_refused_with_what_is_allowed()
    {
        var space = ActionSpace.Continuous([-1, 0], [1, 5]);
        space.Require([1, 0]);
        Refused("Number 1 of the action is 5.5; it must be in [0, 5]", () => space.Require([0, 5.5f]));
        Refused("Number 0 of the action is NaN; it must be in [-1, 1]", () => space.Require([float.NaN, 0]));
        Refused("An action has 2 numbers; got 1", () => space.Require([0]));
        Refused("one-hot vector of 3 numbers; got [0, 2, 0]", () => ActionSpace.Discrete(3).Require([0, 2, 0]));
        Refused("one-hot vector of 3 numbers; got [1, 1, 0]", () => new Catch(1).Step([1, 1, 0]));

        static void Refused(string part, Action call) =>
            Assert.Contains(part, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loss_that_overflows_ends_the_run_in_that_update_and_the_last_good_checkpoint_stands()
    {
        // Finite rewards whose squares are not: from the 60th step on, which is after the checkpoint of update 10.
        var options = DreamerPresets.Debug with { LogDirectory = _folder["run"], MaxUpdates = 1000, Replay = DreamerPresets.Debug.Replay with { BatchSize = 8 } };
        var observer = new RecordingObserver();
        using (var trainer = new DreamerTrainer(new Changed(step => step with { Reward = step.IsFirst ? 0 : 1e30f }, from: 60), options, observer))
        {
            var error = await Assert.ThrowsAsync<NonFiniteTensorException>(() => trainer.RunAsync());
            Assert.Equal("model loss", error.TensorName);
            Assert.Contains(MetricNames.RewardLoss, error.Message, StringComparison.Ordinal);
            Assert.True(trainer.Updates > 10);
            Assert.All(SmallAgent.Weights(trainer.WorldModel), weight => Assert.True(float.IsFinite(weight)));
        }
        using var again = TrainingRun.Open(_folder["run"]);
        // The checkpoint of update 10, or that of the evaluation after it, which waits for the end of an episode.
        Assert.InRange(again.Updates, 10, 12);
        Assert.All(SmallAgent.Weights(again.WorldModel), weight => Assert.True(float.IsFinite(weight)));
    }

    /// <summary>Catch whose rows are changed from an action on.</summary>
    private sealed class Changed(Func<EnvironmentStep, EnvironmentStep> change, int from) : IEnvironment
    {
        private readonly Catch _game = new(1);
        private int _actions;

        public ObservationSpace ObservationSpace => _game.ObservationSpace;

        public ActionSpace ActionSpace => _game.ActionSpace;

        public EnvironmentStep Reset() => _game.Reset();

        public EnvironmentStep Step(ReadOnlySpan<float> action)
        {
            var step = _game.Step(action);
            return ++_actions < from ? step : change(step);
        }
    }
}
