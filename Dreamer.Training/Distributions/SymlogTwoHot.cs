using System.Collections.Concurrent;
using Dreamer.Training.Native;
using Dreamer.Training.Tracing;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Distributions;

/// <summary>A number as a categorical over evenly spaced bins of its symmetric logarithm, from -20 to 20: DreamerV3's rewards and values.</summary>
/// <param name="Bins">How many bins, an odd number for one of them to be 0.</param>
/// <remarks>
/// A target is spread over the two bins beside it, so that their mean is the target (two-hot); the loss is the cross-entropy, and what is
/// predicted is the mean bin, the logarithm undone. Hafner et al. 2023, "Mastering Diverse Domains through World Models", equations 9
/// and 10. Immutable and thread-safe.
/// </remarks>
public sealed record SymlogTwoHot(int Bins)
{
    private const float Limit = 20;

    // They live as long as the process.
    private static readonly ConcurrentDictionary<(int Bins, DeviceType Type, int Index), Tensor> Centers = new();

    /// <summary>The number that logits stand for.</summary>
    /// <param name="logits">[batch, bins].</param>
    /// <returns>[batch, 1].</returns>
    public Traced Mean(Traced logits) =>
        logits.Softmax(-1).Dot($"const_bins_{Bins}", CentersOn(logits.Value.device)).Symexp();

    /// <summary>How unlikely targets are: the cross-entropy with their two-hot form.</summary>
    /// <param name="logits">[rows, bins].</param>
    /// <param name="target">[rows, 1]; beyond plus and minus e^20 - 1 the outermost bin stands for it.</param>
    /// <returns>[rows], in nats.</returns>
    public Tensor Unlikelihood(Tensor logits, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        var log = nn.functional.log_softmax(logits, -1);
        var (below, share) = Encode(target);
        var lower = log.gather(1, below);
        var upper = log.gather(1, below.add(Scalars.One, Scalars.One));
        return -lower.Plus(share * (upper - lower)).flatten();
    }

    /// <summary>The two bins beside each target.</summary>
    /// <param name="target">[rows, 1].</param>
    /// <returns>The index of the lower one, int64, and the share of the upper one; both [rows, 1].</returns>
    public (Tensor Below, Tensor UpperShare) Encode(Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var noGradient = no_grad();
        Tensor log = ((Traced)target.detach()).Symlog().Clamp(-Limit, Limit);
        var position = log.Plus(Limit).Times((Bins - 1) / (2 * Limit));
        var below = position.floor().clamp(Scalars.Of(0), Scalars.Of(Bins - 2));
        return (below.to_type(ScalarType.Int64), position - below);
    }

    private Tensor CentersOn(Device device) => Centers.GetOrAdd(
        (Bins, device.type, device.index),
        static (key, device) => linspace(-Limit, Limit, key.Bins, device: device).unsqueeze(1).DetachFromDisposeScope(),
        device);
}
