using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dreamer.Inference;

/// <summary>Memory for ONNX Runtime to read and write in place.</summary>
public static class TensorMemory
{
    private const int Alignment = 64;

    /// <summary>Allocates memory that does not move and is aligned to 64 bytes, like ONNX Runtime's own.</summary>
    /// <remarks>
    /// ONNX Runtime computes some functions in packets from the first aligned value on, and uses another routine before it, whose
    /// last bit can differ: results would depend on the address of an array, and a scored recording would not equal the
    /// live session to the last bit. The garbage collector owns the memory.
    /// </remarks>
    /// <typeparam name="T">A numeric type whose size divides 64.</typeparam>
    /// <param name="count">The number of values.</param>
    public static Memory<T> Allocate<T>(int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var size = Unsafe.SizeOf<T>();
        var array = GC.AllocateArray<T>(count + (Alignment / size), pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % Alignment);
        return MemoryMarshal.CreateFromPinnedArray(array, (Alignment - past) % Alignment / size, count);
    }
}
