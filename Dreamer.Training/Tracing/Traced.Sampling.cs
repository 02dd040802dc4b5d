using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    // Rows of an identity matrix are several times faster than one_hot, which makes integers to be cast. They are kept for the life of the process.
    private static readonly ConcurrentDictionary<(long Classes, DeviceType Type, int Index), Tensor> Identities = new();

    /// <summary>Noise of the standard Gumbel distribution from uniform noise in (0, 1): -ln(-ln u).</summary>
    public Traced Gumbel() => ByWholePackets(static u => -(-u.Log()).Log());

    /// <summary>The index of the greatest element along the last dimension, which is removed.</summary>
    public Traced ArgMax() => Op("ArgMax", Value.argmax(-1), this, ("axis", -1L), ("keepdims", 0L));

    /// <summary>1 at each index and 0 elsewhere, along a new last dimension.</summary>
    /// <param name="classes">The size of the new dimension; indexes are below it.</param>
    public Traced OneHot(long classes) => Op(
        "OneHot",
        MetaDevice.Holds(Value)
            ? MetaDevice.OneHot(Value, classes)
            : Identity(classes, Value.device).index_select(0, Value.reshape(-1)).reshape([.. Value.shape, classes]),
        [this, Constant(classes), OffOn()],
        ("axis", -1L));

    private static Traced OffOn() => Tracer.Current is { } tracer ? tracer.Constant([0f, 1f]) : default;

    private static Tensor Identity(long classes, Device device) => Identities.GetOrAdd(
        (classes, device.type, device.index),
        static (key, device) => eye(key.Classes, device: device).DetachFromDisposeScope(),
        device);
}
