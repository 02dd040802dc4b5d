using System.Collections.Concurrent;
using Dreamer.Training.Native;
using Dreamer.Training.Tracing;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Distributions;

/// <summary>A number as a categorical over evenly spaced bins of its symmetric logarithm, from -20 to 20: DreamerV3's rewards and values.</summary>
/// <param name="Bins">How many bins, an odd number for one of them to be 0.</param>
/// <remarks>
/// A target is spread over the two bins around it, so that their mean is the target (two-hot); the loss is the cross-entropy, and the
/// prediction is the mean bin with the logarithm undone. Hafner et al. 2023, "Mastering Diverse Domains through World Models", equations 9
/// and 10. Immutable and thread-safe.
/// </remarks>
internal sealed record SymlogTwoHot(int Bins)
{
    private const float Limit = 20;

    // Kept for the life of the process.
    private static readonly ConcurrentDictionary<(int Bins, DeviceType Type, int Index), Tensor> Centers = new();

    /// <summary>The number that logits represent.</summary>
    /// <param name="logits">[batch, bins].</param>
    /// <returns>[batch, 1].</returns>
    public Traced Mean(Traced logits) =>
        logits.Softmax(-1).Dot($"const_bins_{Bins}", CentersOn(logits.Value.device)).Symexp();

    /// <summary>The negative log-likelihood of targets: the cross-entropy with their two-hot form.</summary>
    /// <param name="logits">[rows, bins].</param>
    /// <param name="target">[rows, 1]; beyond plus and minus e^20 - 1, the outermost bin stands for it.</param>
    /// <returns>[rows], in nats.</returns>
    public Traced NegativeLogLikelihood(Traced logits, Traced target)
    {
        var log = logits.LogSoftmax(-1).Value;
        var (below, share) = Encode(target);
        Traced lower = log.gather(1, below);
        Traced upper = log.gather(1, below.add(Scalars.One, Scalars.One));
        return -(lower + share * (upper - lower)).Flatten();
    }

    /// <summary>The two bins around each target.</summary>
    /// <param name="target">[rows, 1].</param>
    /// <returns>The index of the lower one, int64, and the share of the upper one; both [rows, 1].</returns>
    public (Tensor Below, Traced UpperShare) Encode(Traced target)
    {
        using var noGradient = no_grad();
        var position = (target.Detach().Symlog().Clamp(-Limit, Limit) + Limit) * ((Bins - 1) / (2 * Limit));
        Traced below = position.Value.floor().clamp(Scalars.Kept(0), Scalars.Kept(Bins - 2));
        return (below.Value.to_type(ScalarType.Int64), position - below);
    }

    private Tensor CentersOn(Device device) => Centers.GetOrAdd(
        (Bins, device.type, device.index),
        static (key, device) => linspace(-Limit, Limit, key.Bins, device: device).unsqueeze(1).DetachFromDisposeScope(),
        device);
}
