using System.Collections.Concurrent;
using TorchSharp;

namespace Dreamer.Training.Native;

/// <summary>Numbers for TorchSharp's native code, kept for the life of the process.</summary>
/// <remarks>
/// TorchSharp 0.107 passes the address of a <see cref="Scalar"/> to native code without keeping the object alive. Nothing else references one from
/// the implicit conversion: a garbage collection at the wrong moment frees it while the native code reads it,
/// which then fails ("Exception raised from toFloat") or computes with a wrong number. Even <c>a + b</c> on two tensors passes such a
/// number, a factor of 1. Only for constants, because they are never freed: a number that varies
/// belongs in a <c>using</c> variable. Thread-safe.
/// </remarks>
internal static class Scalars
{
    private static readonly ConcurrentDictionary<float, Scalar> Numbers = new();

    /// <summary>1 as an integer: the factor of sums, including sums of integers.</summary>
    public static Scalar One { get; } = 1.ToScalar();

    /// <summary>A constant.</summary>
    public static Scalar Kept(float value) => Numbers.GetOrAdd(value, static v => v.ToScalar());
}
