namespace Dreamer.Inference.Tests.Onnx;

/// <summary>Writes protobuf fields by hand, so that tests can write what no exporter would.</summary>
internal static class Protobuf
{
    internal static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    internal static byte[] Field(int number, params byte[][] content)
    {
        var message = Message(content);
        return [.. Varint(((ulong)number << 3) | 2), .. Varint((ulong)message.Length), .. message];
    }

    internal static byte[] Field(int number, string text) => Field(number, System.Text.Encoding.UTF8.GetBytes(text));

    internal static byte[] Field(int number, ulong value) => [.. Varint((ulong)number << 3), .. Varint(value)];

    internal static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
