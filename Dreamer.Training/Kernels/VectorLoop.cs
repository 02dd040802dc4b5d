using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace Dreamer.Training.Kernels;

/// <summary>Processes numbers sixteen at a time, with as many threads as torch uses.</summary>
/// <remarks>The results do not depend on the number of threads. Thread-safe.</remarks>
internal static unsafe class VectorLoop
{
    // With fewer numbers a thread costs more than it saves.
    private const int LeastPerThread = 1 << 16;

    private static readonly int Lanes = Vector512<float>.Count;

    /// <summary>Applies the function to every number.</summary>
    /// <param name="from">The numbers.</param>
    /// <param name="to">Receives as many.</param>
    public static void Map<TKernel>(ReadOnlySpan<float> from, Span<float> to)
        where TKernel : struct, IElementwiseKernel
    {
        CheckLength(from.Length, to.Length);
        fixed (float* source = from, target = to)
        {
            float* start = source, end = target;
            Split(from.Length, (first, count) => MapPart<TKernel>(start + first, end + first, count));
        }
    }

    /// <summary>Multiplies numbers by the derivative of the function at its values.</summary>
    /// <param name="values">The function's values.</param>
    /// <param name="from">The numbers.</param>
    /// <param name="to">Receives as many.</param>
    public static void MapSlope<TKernel>(ReadOnlySpan<float> values, ReadOnlySpan<float> from, Span<float> to)
        where TKernel : struct, IElementwiseKernel
    {
        CheckLength(values.Length, from.Length);
        CheckLength(from.Length, to.Length);
        fixed (float* points = values, source = from, target = to)
        {
            float* at = points, start = source, end = target;
            Split(from.Length, (first, count) => MapSlopePart<TKernel>(at + first, start + first, end + first, count));
        }
    }

    private static void MapPart<TKernel>(float* from, float* to, int count)
        where TKernel : struct, IElementwiseKernel
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            TKernel.Value(Vector512.Load(from + i)).Store(to + i);
        }
        if (i < count)
        {
            Store(TKernel.Value(Load(from + i, count - i)), to + i, count - i);
        }
    }

    private static void MapSlopePart<TKernel>(float* values, float* from, float* to, int count)
        where TKernel : struct, IElementwiseKernel
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            (TKernel.Slope(Vector512.Load(values + i)) * Vector512.Load(from + i)).Store(to + i);
        }
        if (i < count)
        {
            Store(TKernel.Slope(Load(values + i, count - i)) * Load(from + i, count - i), to + i, count - i);
        }
    }

    private static void Split(int length, Action<int, int> part)
    {
        var parts = Math.Min(torch.get_num_threads(), length / LeastPerThread);
        if (parts <= 1)
        {
            part(0, length);
            return;
        }
        // Whole vectors for each part, so that only the last part has a remainder.
        var size = (length / parts + Lanes - 1) / Lanes * Lanes;
        Parallel.For(0, parts, i => part(i * size, Math.Min(size, length - i * size)));
    }

    private static Vector512<float> Load(float* from, int count)
    {
        Span<float> last = stackalloc float[Lanes];
        new ReadOnlySpan<float>(from, count).CopyTo(last);
        return Vector512.Create<float>(last);
    }

    private static void Store(Vector512<float> numbers, float* to, int count)
    {
        Span<float> last = stackalloc float[Lanes];
        numbers.CopyTo(last);
        last[..count].CopyTo(new Span<float>(to, count));
    }

    private static void CheckLength(int expected, int given, [CallerArgumentExpression(nameof(given))] string? name = null) =>
        ArgumentOutOfRangeException.ThrowIfNotEqual(given, expected, name);
}
