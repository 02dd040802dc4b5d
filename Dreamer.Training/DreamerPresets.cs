using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Replay;

namespace Dreamer.Training;

/// <summary>Options that were tried, by task.</summary>
public static class DreamerPresets
{
    /// <summary>Catch, learnt on two cores in minutes.</summary>
    public static DreamerOptions Catch { get; } = new()
    {
        Preset = "catch",
        Environment = Environments.Catch.Name,
        Networks = new NetworkOptions
        {
            Deter = 64,
            Hidden = 64,
            Stoch = 8,
            Classes = 8,
            HeadUnits = 64,
            HeadLayers = 2,
            ImageEmbedding = 64,
        },
        WorldModel = new() { KlScale = 0.3, Optimizer = new() { LearningRate = 1e-3 } },
        Behavior = new()
        {
            Horizon = 10,
            EntropyScale = 3e-3,
            ActorOptimizer = new() { LearningRate = 1e-3 },
            CriticOptimizer = new() { LearningRate = 1e-3 },
        },
        Replay = new() { BatchSize = 16, SequenceLength = 10, Capacity = 100_000 },
        PrefillSteps = 500,
        PretrainUpdates = 100,
        TrainEverySteps = 2,
        MaxUpdates = 5000,
        LogEveryUpdates = 50,
        CheckpointEveryUpdates = 500,
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
