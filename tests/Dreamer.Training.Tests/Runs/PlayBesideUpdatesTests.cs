using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Runs;
using Dreamer.Training.WorldModel;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

/// <summary>Environments step while the learner trains, and a seed still gives one result.</summary>
public sealed class PlayBesideUpdatesTests
{
    // No evaluation: one in the run's own environment would wait for an episode's end, and updates with it.
    private static readonly DreamerOptions Options = DreamerPresets.Debug with
    {
        TrainEverySteps = 4,
        ActionNoise = 0.1,
        Evaluation = DreamerPresets.Debug.Evaluation with { EveryUpdates = 1000 },
    };

    [Fact]
    public async Task How_long_a_step_takes_changes_nothing_and_waiting_gives_another_result()
    {
        var (beside, _) = await Run(Options, delay: 0);
        Assert.Equal(beside, (await Run(Options, delay: 3)).Weights);
        var (waiting, _) = await Run(Options with { Sync = true }, delay: 0);
        Assert.Equal(waiting, (await Run(Options with { Sync = true }, delay: 1)).Weights);
        Assert.NotEqual(beside, waiting);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_environment_is_called_on_one_thread_of_its_own(bool sync)
    {
        var (_, environment) = await Run(Options with { Sync = sync }, delay: 0);
        Assert.Single(environment.Threads.Distinct());
        Assert.False(environment.Overlapped);
    }

    [Fact]
    public async Task An_environment_that_fails_beside_an_update_ends_the_run_with_its_own_exception()
    {
        var environment = new Watched { FailsAt = 60 };
        using var trainer = new DreamerTrainer(environment, Options);
        var error = await Assert.ThrowsAsync<EnvironmentFailedException>(() => trainer.RunAsync());
        Assert.Equal("The game hangs.", Assert.IsType<TimeoutException>(error.InnerException).Message);
        Assert.InRange(trainer.Updates, 1, Options.MaxUpdates - 1);
    }

    [Fact]
    public async Task A_cancelled_run_ends_when_the_steps_beside_its_update_are_played()
    {
        using var cancellation = new CancellationTokenSource();
        var environment = new Watched { WhenStep = step => { if (step == 60) { cancellation.Cancel(); } } };
        using var trainer = new DreamerTrainer(environment, Options);
        var result = await trainer.RunAsync(cancellation.Token);
        Assert.Equal(StopReason.Cancelled, result.Reason);
        Assert.Equal(environment.Threads.Count, result.EnvironmentSteps);
        Assert.InRange(result.EnvironmentSteps, 60, 60 + Options.TrainEverySteps);
    }

    [Fact]
    public void Who_acts_keeps_its_weights_until_it_takes_newer_ones()
    {
        using var environment = new SmallNetworks();
        using var copy = new PolicyCopy(environment.WorldModel);
        var actor = environment.ActorCritic.Actor;
        copy.Take(actor, updates: 3);
        var before = SmallAgent.Weights(copy.Actor);
        Assert.Equal(SmallAgent.Weights(actor), before);
        Assert.Equal(SmallAgent.Weights(environment.WorldModel.Rssm), SmallAgent.Weights(copy.WorldModel.Rssm));
        using (var other = new Actor(DreamerPresets.Debug.Networks, environment.WorldModel.ActionSpace))
        {
            actor.CopyParametersFrom(other);
        }
        Assert.NotEqual(SmallAgent.Weights(actor), SmallAgent.Weights(copy.Actor));
        copy.Take(actor, updates: 3);
        Assert.Equal(before, SmallAgent.Weights(copy.Actor));
        copy.Take(actor, updates: 4);
        Assert.Equal(SmallAgent.Weights(actor), SmallAgent.Weights(copy.Actor));
    }

    private static async Task<(float[] Weights, Watched Environment)> Run(DreamerOptions options, int delay)
    {
        var environment = new Watched { Delay = delay };
        using var trainer = new DreamerTrainer(environment, options);
        await trainer.RunAsync();
        return ([.. SmallAgent.Weights(trainer.WorldModel), .. SmallAgent.Weights(trainer.ActorCritic)], environment);
    }

    private sealed class SmallNetworks : IDisposable
    {
        public WorldModelNetworks WorldModel { get; } =
            new(DreamerPresets.Debug.Networks, new Catch(1).ObservationSpace, new Catch(1).ActionSpace);

        public ActorCriticNetworks ActorCritic { get; } = new(DreamerPresets.Debug.Networks, new Catch(1).ActionSpace);

        public void Dispose()
        {
            WorldModel.Dispose();
            ActorCritic.Dispose();
        }
    }

    /// <summary>Catch that notes on which threads it is played, and can be slow or fail.</summary>
    private sealed class Watched : IEnvironment
    {
        private readonly Catch _game = new(1);
        private int _inside;

        public int Delay { get; init; }

        public int FailsAt { get; init; } = int.MaxValue;

        public Action<int>? WhenStep { get; init; }

        public List<int> Threads { get; } = [];

        public bool Overlapped { get; private set; }

        public ObservationSpace ObservationSpace => _game.ObservationSpace;

        public ActionSpace ActionSpace => _game.ActionSpace;

        public EnvironmentStep Reset() => _game.Reset();

        public EnvironmentStep Step(ReadOnlySpan<float> action)
        {
            Overlapped |= Interlocked.Increment(ref _inside) > 1;
            Threads.Add(Environment.CurrentManagedThreadId);
            WhenStep?.Invoke(Threads.Count);
            if (Threads.Count >= FailsAt)
            {
                throw new TimeoutException("The game hangs.");
            }
            Thread.Sleep(Delay);
            var step = _game.Step(action);
            Interlocked.Decrement(ref _inside);
            return step;
        }
    }
}
