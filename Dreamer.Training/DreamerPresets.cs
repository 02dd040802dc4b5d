using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Replay;

namespace Dreamer.Training;

/// <summary>Options that were tried, by task.</summary>
public static class DreamerPresets
{
    /// <summary>Catch, learnt on one core in about a minute: 700 to 1200 updates to a mean return of 1, with the seeds 1 to 10.</summary>
    /// <remarks>
    /// Differs from DreamerV2's defaults where the task is small: an image of 50 cells has so little to say that at a KL scale of 1
    /// the posterior learns to say nothing; a reward that comes once in ten rows is weighted up; and with less entropy a policy
    /// that makes up its mind before the world model knows the far columns takes up to three times as long.
    /// </remarks>
    public static DreamerOptions Catch { get; } = new()
    {
        Preset = "catch",
        Environment = Environments.Catch.Name,
        Networks = new NetworkOptions
        {
            Deter = 128,
            Hidden = 128,
            Stoch = 8,
            Classes = 8,
            HeadUnits = 64,
            HeadLayers = 2,
            ImageEmbedding = 128,
        },
        WorldModel = new() { KlScale = 0.05, RewardScale = 5, Optimizer = new() { LearningRate = 2e-3 } },
        Behavior = new()
        {
            Horizon = 10,
            EntropyScale = 5e-2,
            ActorOptimizer = new() { LearningRate = 2e-3 },
            CriticOptimizer = new() { LearningRate = 2e-3 },
        },
        Replay = new() { BatchSize = 16, SequenceLength = 10, Capacity = 100_000 },
        PrefillSteps = 500,
        PretrainUpdates = 100,
        TrainEverySteps = 2,
        MaxUpdates = 3000,
        LogEveryUpdates = 25,
        CheckpointEveryUpdates = 200,
        Evaluation = new() { EveryUpdates = 100, Episodes = 100, TargetReturn = 0.95 },
    };

    /// <summary>Catch with networks and batches so small that a run of a few updates takes a moment; it learns nothing.</summary>
    public static DreamerOptions Debug { get; } = Catch with
    {
        Preset = "debug",
        Networks = new NetworkOptions
        {
            Deter = 8,
            Hidden = 8,
            Stoch = 2,
            Classes = 4,
            HeadUnits = 8,
            HeadLayers = 1,
            ImageEmbedding = 8,
        },
        Behavior = Catch.Behavior with { Horizon = 3 },
        Replay = new() { BatchSize = 2, SequenceLength = 4, Capacity = 1000 },
        PrefillSteps = 20,
        PretrainUpdates = 1,
        MaxUpdates = 20,
        LogEveryUpdates = 5,
        CheckpointEveryUpdates = 10,
        Evaluation = new() { EveryUpdates = 10, Episodes = 2 },
    };
}
