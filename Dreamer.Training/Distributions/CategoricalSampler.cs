using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Distributions;

/// <summary>Gumbel-argmax of many categoricals in one pass over the memory of CPU tensors.</summary>
/// <remarks>
/// The tensor operations of <see cref="OneHotCategorical.Sample"/> would each read and write all numbers, and the
/// arg-max of a few numbers is slow: this takes a third of the time. The sample is the same unless two classes are equal up to
/// rounding. Thread-safe.
/// </remarks>
internal static class CategoricalSampler
{
    private static readonly int Lanes = Vector512<float>.Count;

    /// <summary>Whether this class can read a tensor.</summary>
    public static bool Reads(Tensor logits) => logits.device_type == DeviceType.CPU && logits.dtype == ScalarType.Float32;

    /// <summary>1 at the class of the greatest logit - ln(-ln(u)) of each categorical, 0 elsewhere.</summary>
    /// <param name="logits">[batch, rows * classes].</param>
    /// <param name="noise">As <paramref name="logits"/>, uniform in (0, 1).</param>
    /// <param name="classes">The outcomes of each categorical.</param>
    /// <returns>[batch, rows * classes].</returns>
    public static Tensor Sample(Tensor logits, Tensor noise, int classes)
    {
        using var noGradient = no_grad();
        using var contiguousLogits = logits.contiguous();
        using var contiguousNoise = noise.contiguous();
        var sample = zeros(logits.shape, ScalarType.Float32, CPU);
        var (size, count) = ((int)logits.shape[^1], (int)logits.shape[0]);
        var from = Numbers(contiguousLogits);
        var uniform = Numbers(contiguousNoise);
        var to = Numbers(sample);
        if (uniform.Length != from.Length)
        {
            throw new ArgumentException($"{from.Length} logits need as much noise; got {uniform.Length}.", nameof(noise));
        }
        var scores = new float[size];
        for (var row = 0; row < count; row++)
        {
            Scores(from.Slice(row * size, size), uniform.Slice(row * size, size), scores);
            for (var first = 0; first < size; first += classes)
            {
                to[row * size + first + IndexOfMax(scores.AsSpan(first, classes))] = 1;
            }
        }
        return sample;
    }

    /// <summary>1 at the class of the greatest logit of each categorical, 0 elsewhere.</summary>
    /// <param name="logits">[batch, rows * classes].</param>
    /// <param name="classes">The outcomes of each categorical.</param>
    /// <returns>[batch, rows * classes].</returns>
    public static Tensor Mode(Tensor logits, int classes)
    {
        using var noGradient = no_grad();
        using var contiguous = logits.contiguous();
        var mode = zeros(logits.shape, ScalarType.Float32, CPU);
        var from = Numbers(contiguous);
        var to = Numbers(mode);
        for (var first = 0; first < from.Length; first += classes)
        {
            to[first + IndexOfMax(from.Slice(first, classes))] = 1;
        }
        return mode;
    }

    private static void Scores(ReadOnlySpan<float> logits, ReadOnlySpan<float> uniform, Span<float> scores)
    {
        var i = 0;
        for (; i <= scores.Length - Lanes; i += Lanes)
        {
            Score(Vector512.Create(logits[i..]), Vector512.Create(uniform[i..])).CopyTo(scores[i..]);
        }
        if (i < scores.Length)
        {
            Span<float> last = stackalloc float[2 * Lanes];
            logits[i..].CopyTo(last);
            uniform[i..].CopyTo(last[Lanes..]);
            Score(Vector512.Create<float>(last), Vector512.Create<float>(last[Lanes..])).CopyTo(last);
            last[..(scores.Length - i)].CopyTo(scores[i..]);
        }
    }

    private static Vector512<float> Score(Vector512<float> logits, Vector512<float> uniform) =>
        logits - Vector512.Log(-Vector512.Log(uniform));

    /// <summary>The first index of the greatest number; 0 if any is NaN.</summary>
    private static int IndexOfMax(ReadOnlySpan<float> numbers)
    {
        var max = numbers[0];
        var i = 1;
        if (numbers.Length >= Vector128<float>.Count)
        {
            var best = Vector128.Create(numbers);
            for (i = Vector128<float>.Count; i <= numbers.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                best = Vector128.MaxNative(best, Vector128.Create(numbers[i..]));
            }
            best = Vector128.MaxNative(best, Vector128.Shuffle(best, Vector128.Create(2, 3, 0, 1)));
            max = MathF.Max(best[0], best[1]);
        }
        for (; i < numbers.Length; i++)
        {
            max = MathF.Max(max, numbers[i]);
        }
        // By its bits, which a vectorized search can find.
        return Math.Max(MemoryMarshal.Cast<float, int>(numbers).IndexOf(BitConverter.SingleToInt32Bits(max)), 0);
    }

    private static Span<float> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
