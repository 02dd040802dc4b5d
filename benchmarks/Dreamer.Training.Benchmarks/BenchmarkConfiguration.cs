using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;

namespace Dreamer.Training.Benchmarks;

/// <summary>What an update is measured of: options, and what is seen and done.</summary>
internal sealed record BenchmarkConfiguration(string Name, DreamerOptions Options, ObservationSpace Observation, ActionSpace Actions)
{
    /// <summary>The sizes of the peer, without a batch.</summary>
    public static DreamerOptions Peer { get; } = new()
    {
        Networks = new NetworkOptions
        {
            Deter = 200,
            Hidden = 200,
            Stoch = 20,
            Classes = 20,
            HeadUnits = 100,
            HeadLayers = 3,
            ImageEmbedding = 200,
        },
        Behavior = new() { Horizon = 10 },
    };

    /// <summary>All of them: the peer's sizes in two batches, gray frames of 64x64, the shipped agent's, and full Atari.</summary>
    public static IReadOnlyList<BenchmarkConfiguration> All { get; } =
    [
        new("peer-16x32", WithBatch(Peer, 16, 32), new(new ImageShape(10, 10, 4)), ActionSpace.Discrete(6)),
        new("peer-50x50", WithBatch(Peer, 50, 50), new(new ImageShape(10, 10, 4)), ActionSpace.Discrete(6)),
        new("frames64", WithBatch(Frames(Peer), 16, 32), new(new ImageShape(64, 64, 1)), ActionSpace.Discrete(6)),
        new("breakout", DreamerPresets.Find("breakout"), new Breakout(1).ObservationSpace, new Breakout(1).ActionSpace),
        new("catch", DreamerPresets.Catch, new Catch(1).ObservationSpace, new Catch(1).ActionSpace),
        new("atari", DreamerPresets.Atari, new(new ImageShape(64, 64, 1)), ActionSpace.Discrete(18)),
    ];

    /// <summary>The same, with products of bfloat16 where behavior is learnt.</summary>
    public BenchmarkConfiguration WithHalfPrecision() =>
        this with { Options = Options with { Behavior = Options.Behavior with { HalfPrecision = true } } };

    private static DreamerOptions WithBatch(DreamerOptions options, int size, int length) =>
        options with { Replay = options.Replay with { BatchSize = size, SequenceLength = length, Capacity = 100_000 } };

    private static DreamerOptions Frames(DreamerOptions options) => options with { Networks = options.Networks with { CnnDepth = 24 } };
}
