using System.Buffers.Binary;

namespace Dreamer.Training.Environments;

/// <summary>Converts the numbers of a simulation's state to bytes and back, bit for bit on every machine.</summary>
internal static class StateNumbers
{
    public static int Size(int count) => count * sizeof(double);

    public static byte[] ToBytes(params ReadOnlySpan<double> numbers)
    {
        var bytes = new byte[Size(numbers.Length)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), numbers[i]);
        }
        return bytes;
    }

    /// <returns>Whether the bytes hold the right number of finite numbers.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Span<double> numbers)
    {
        if (bytes.Length != Size(numbers.Length))
        {
            return false;
        }
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
            if (!double.IsFinite(numbers[i]))
            {
                return false;
            }
        }
        return true;
    }
}
