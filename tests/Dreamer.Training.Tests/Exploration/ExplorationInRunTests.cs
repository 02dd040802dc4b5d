using Dreamer.Training.Exploration;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tests.Runs;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Exploration;

public sealed class ExplorationInRunTests : IDisposable
{
    private readonly RunFolder _folder = new();

    private static ExplorationOptions Plan { get; } = new() { Behavior = ExplorationBehavior.Plan2Explore, HeadUnits = 8, HeadLayers = 1, Heads = 3 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_that_explores_by_plan_resumes_bit_for_bit()
    {
        var (expected, _) = await Run(Options(Plan) with { LogDirectory = _folder["whole"], EnvironmentCount = 2 });
        await Run(Options(Plan) with { LogDirectory = _folder["parted"], EnvironmentCount = 2, MaxUpdates = 10 });
        var (weights, observer) = await Run(Options(Plan) with { LogDirectory = _folder["parted"], EnvironmentCount = 2 });
        Assert.Equal(expected, weights);
        var names = observer.Progress[^1].Metrics.Select(metric => metric.Key).ToArray();
        string[] wanted = [MetricNames.ExplorationLoss, MetricNames.ExplorationGradientNorm, "expl_reward_mean", "expl_actor_loss", MetricNames.ActorLoss];
        Assert.All(wanted, name => Assert.Contains(name, names));
        // What explores is as it was, too.
        Assert.Equal(Checkpoint("whole"), Checkpoint("parted"));
    }

    [Fact]
    public async Task Who_acts_is_who_explores_until_it_is_over()
    {
        var (task, plan) = ((await Run(Options(new()))).Observer, (await Run(Options(Plan))).Observer);
        // The prefill is the same; then another acts.
        Assert.Equal(Actions(task)[..27], Actions(plan)[..27]);
        Assert.NotEqual(Actions(task), Actions(plan));
        // From the prefill's end on the task's policy acts again, whose learning the exploring one does not touch.
        Assert.Equal(Actions(task), Actions((await Run(Options(Plan with { Until = 1 }))).Observer));
    }

    [Fact]
    public async Task Random_exploration_does_not_depend_on_what_was_learnt()
    {
        var random = Options(new() { Behavior = ExplorationBehavior.Random });
        var slow = random with { Behavior = random.Behavior with { ActorOptimizer = new() { LearningRate = 1e-9 } } };
        var fast = random with { Behavior = random.Behavior with { ActorOptimizer = new() { LearningRate = 1 } } };
        var actions = Actions((await Run(slow)).Observer);
        Assert.Equal(actions, Actions((await Run(fast)).Observer));
        Assert.Equal(3, actions.Distinct().Count());
        Assert.NotEqual(
            Actions((await Run(slow with { Exploration = new() })).Observer), Actions((await Run(fast with { Exploration = new() })).Observer));
    }

    [Fact]
    public async Task Exploring_leaves_no_tensors_behind()
    {
        TensorCount.Settle();
        var counts = new List<long>();
        var observer = new RecordingObserver { WhenProgress = _ => counts.Add(torch.Tensor.TotalCount) };
        using var trainer = new DreamerTrainer(Options(Plan) with { MaxUpdates = 30 }, observer);
        await trainer.RunAsync();
        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var wrong = Options(new()
        {
            Behavior = (ExplorationBehavior)9, Until = -1, Heads = 1, HeadUnits = 0, HeadLayers = 0, IntrinsicScale = -1, ExtrinsicScale = double.NaN,
            Optimizer = new() { LearningRate = 0 },
        });
        string[] expected =
        [
            "Exploration.Behavior is 9; it must be one of Task, Random, Plan2Explore", "Exploration.Until is -1", "Exploration.Heads is 1; it must be at least 2",
            "Exploration.HeadUnits is 0", "Exploration.HeadLayers is 0", "Exploration.IntrinsicScale is -1", "Exploration.ExtrinsicScale is NaN",
            "Exploration.Optimizer.LearningRate is 0",
        ];
        Assert.All(expected, part => Assert.Contains(wrong.Errors(), error => error.Contains(part, StringComparison.Ordinal)));
    }

    private static DreamerOptions Options(ExplorationOptions exploration) => DreamerPresets.Debug with { Exploration = exploration };

    private static async Task<(float[] Weights, RecordingObserver Observer)> Run(DreamerOptions options)
    {
        var observer = new RecordingObserver();
        using var trainer = new DreamerTrainer(options, observer);
        await trainer.RunAsync();
        return ([.. SmallAgent.Weights(trainer.WorldModel), .. SmallAgent.Weights(trainer.ActorCritic)], observer);
    }

    /// <summary>The number of every action of the training episodes, the rows of resets left out.</summary>
    private static int[] Actions(RecordingObserver observer) =>
        [.. observer.Episodes.SelectMany(episode => Enumerable.Range(1, episode.RowCount - 1).Select(row => episode.Action(row).IndexOf(1f)))];

    private byte[] Checkpoint(string run) => File.ReadAllBytes(Path.Combine(_folder[run], "checkpoints", "checkpoint-000000020.ckpt"));
}
