namespace Dreamer.Training.Benchmarks.Sweeps;

/// <summary>A size of an update that is varied while all others stay.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Base">The value that it has while another one is varied.</param>
/// <param name="Values">The values it takes.</param>
/// <param name="Set">The options with another value.</param>
internal sealed record SweptSize(string Name, int Base, IReadOnlyList<int> Values, Func<DreamerOptions, int, DreamerOptions> Set)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SweptSize> All { get; } =
    [
        new("batch", 16, [4, 8, 16, 32, 64], (o, v) => o with { Replay = o.Replay with { BatchSize = v } }),
        new("length", 32, [8, 16, 32, 64, 128], (o, v) => o with { Replay = o.Replay with { SequenceLength = v } }),
        new("horizon", 10, [5, 10, 20, 40], (o, v) => o with { Behavior = o.Behavior with { Horizon = v } }),
        new("deter", 200, [50, 100, 200, 400, 800], (o, v) => o with { Networks = o.Networks with { Deter = v } }),
        new("classes", 20, [5, 10, 20, 40, 80], (o, v) => o with { Networks = o.Networks with { Classes = v } }),
    ];

    /// <summary>What all sizes have that are not varied: the peer's, 16 sequences of 32 rows.</summary>
    public static DreamerOptions Start { get; } =
        All.Aggregate(BenchmarkConfiguration.Peer, (options, size) => size.Set(options, size.Base)) with
        {
            Replay = new() { BatchSize = 16, SequenceLength = 32, Capacity = 100_000 },
        };
}

/// <summary>What an update cost with one value of a size, in milliseconds of the processor.</summary>
internal sealed record SweptCost(SweptSize Size, int Value, double Least, double Median);
