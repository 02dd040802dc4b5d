using System.Text;

namespace Dreamer.Inference.Onnx;

/// <summary>Writes the fields of a protobuf message.</summary>
internal static class ProtobufWriter
{
    private const ulong LengthDelimited = 2;

    internal static byte[] Field(int number, byte[] content) =>
        [.. Varint(((ulong)number << 3) | LengthDelimited), .. Varint((ulong)content.Length), .. content];

    internal static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }
        return [.. bytes, (byte)value];
    }
}
