using System.Collections.Concurrent;
using TorchSharp;

namespace Dreamer.Training.Native;

/// <summary>Numbers as TorchSharp passes them to native code, kept for as long as the process lives.</summary>
/// <remarks>
/// TorchSharp 0.107 hands the address of a <see cref="Scalar"/> to native code without holding on to the object. One that was made by
/// the implicit conversion is known to nobody else: a garbage collection at the wrong moment frees it while the native code reads it,
/// which then fails ("Exception raised from toFloat") or computes with another number. Also <c>a + b</c> on two tensors passes such a
/// number, their factor of 1. For constants only: what is asked for once is never freed. A number that changes from call to call
/// belongs in a <c>using</c> of its own. Thread-safe.
/// </remarks>
internal static class Scalars
{
    private static readonly ConcurrentDictionary<float, Scalar> Kept = new();

    /// <summary>1, as an integer: the factor of a sum, also of a sum of integers.</summary>
    public static Scalar One { get; } = 1.ToScalar();

    /// <summary>A constant.</summary>
    public static Scalar Of(float value) => Kept.GetOrAdd(value, static v => v.ToScalar());
}
