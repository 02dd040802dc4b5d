using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training;

/// <summary>The configurations of danijar/dreamerv2 (configs.yaml), for environments that are not part of this product.</summary>
/// <remarks>
/// They follow the reference's code where it differs from the paper: batches of 16 sequences, and on Atari an update every 16 steps
/// and a discount factor of 0.999. The networks have the reference's numbers of parameters. Budgets are the reference's as well: 10^8
/// environment steps, and 5 * 10^7 on Atari.
/// </remarks>
public static class ReferencePresets
{
    /// <summary>What the others differ from: images of 64x64, large networks, rewards through tanh.</summary>
    public static DreamerOptions Defaults { get; } = new()
    {
        Preset = "defaults",
        Networks = new NetworkOptions { Deter = 1024, Hidden = 1024 },
        WorldModel = new() { RewardTransform = RewardTransform.Tanh, Optimizer = new() { LearningRate = 1e-4 } },
        MaxUpdates = 100_000_000 / 5,
        Evaluation = new() { EveryUpdates = 100_000 / 5, Episodes = 1 },
    };

    /// <summary>Atari from gray images of 64x64.</summary>
    public static DreamerOptions Atari { get; } = Defaults with
    {
        Preset = "atari",
        Networks = new NetworkOptions { Deter = 600, Hidden = 600 },
        WorldModel = Defaults.WorldModel with { KlScale = 0.1, DiscountScale = 5, Optimizer = new() { LearningRate = 2e-4 } },
        Behavior = new()
        {
            EntropyScale = 1e-3,
            ActorOptimizer = new() { LearningRate = 4e-5 },
            CriticOptimizer = new() { LearningRate = 1e-4 },
        },
        Discount = 0.999,
        PrefillSteps = 50_000,
        TrainEverySteps = 16,
        MaxUpdates = 50_000_000 / 16,
        Evaluation = new() { EveryUpdates = 250_000 / 16, Episodes = 1 },
    };

    /// <summary>Crafter from color images of 64x64: layer normalization everywhere.</summary>
    public static DreamerOptions Crafter { get; } = Defaults with
    {
        Preset = "crafter",
        Networks = Defaults.Networks with { Norm = Normalization.Layer },
        Behavior = new()
        {
            EntropyScale = 3e-3,
            ActorOptimizer = new() { LearningRate = 1e-4 },
            CriticOptimizer = new() { LearningRate = 1e-4 },
        },
        Discount = 0.999,
    };

    /// <summary>Continuous control from color images of 64x64: small recurrent model, no discount head, one free nat.</summary>
    public static DreamerOptions DmcVision { get; } = Defaults with
    {
        Preset = "dmc-vision",
        Networks = new NetworkOptions { Deter = 200, Hidden = 200, ConstantDiscount = 0.99 },
        WorldModel = new()
        {
            FreeNats = 1,
            GradientHeads = GradientHeads.Decoder | GradientHeads.Reward,
            Optimizer = new() { LearningRate = 3e-4 },
        },
        Behavior = new()
        {
            EntropyScale = 1e-4,
            ActorOptimizer = new() { LearningRate = 8e-5 },
            CriticOptimizer = new() { LearningRate = 8e-5 },
        },
        Replay = new() { PrioritizeEnds = false },
        PrefillSteps = 1000,
        PretrainUpdates = 100,
        Evaluation = new() { EveryUpdates = 10_000 / 5, Episodes = 1 },
    };

    /// <summary>Continuous control from vectors: as <see cref="DmcVision"/>, for an environment without images.</summary>
    public static DreamerOptions DmcProprio { get; } = DmcVision with { Preset = "dmc-proprio" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DreamerOptions> All { get; } = [Defaults, Atari, Crafter, DmcVision, DmcProprio];
}
