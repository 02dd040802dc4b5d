using System.Diagnostics.CodeAnalysis;

namespace Dreamer.Fuzzing.Mutations;

/// <summary>A field of a protobuf message that can be changed and written again, the lengths around it following.</summary>
/// <param name="number">The field's number.</param>
/// <param name="wire">Its wire type.</param>
internal sealed class ProtobufField(int number, int wire)
{
    internal const int Varint = 0;
    internal const int Fixed64 = 1;
    internal const int Delimited = 2;
    internal const int Fixed32 = 5;

    internal int Number { get; set; } = number;

    internal int Wire { get; set; } = wire;

    /// <summary>The value of a number.</summary>
    internal ulong Value { get; set; }

    /// <summary>What is not a number and no message.</summary>
    internal byte[] Bytes { get; set; } = [];

    /// <summary>The fields of a message; null where it is none.</summary>
    [SuppressMessage("Design", "MA0016:Prefer using collection abstraction instead of implementation", Justification = "It is changed in place.")]
    internal List<ProtobufField>? Children { get; set; }

    /// <summary>Reads a message of an ONNX type.</summary>
    internal static List<ProtobufField> Read(ReadOnlySpan<byte> message, OnnxMessage type)
    {
        var fields = new List<ProtobufField>();
        while (!message.IsEmpty)
        {
            var tag = ReadVarint(ref message);
            var field = new ProtobufField((int)(tag >> 3), (int)(tag & 7));
            switch (field.Wire)
            {
                case Varint:
                    field.Value = ReadVarint(ref message);
                    break;
                case Delimited:
                    var content = Take(ref message, (int)ReadVarint(ref message));
                    if (type.Inner(field.Number) is { } inner)
                    {
                        field.Children = Read(content, inner);
                    }
                    else
                    {
                        field.Bytes = content.ToArray();
                    }
                    break;
                default:
                    field.Bytes = Take(ref message, field.Wire == Fixed64 ? 8 : 4).ToArray();
                    break;
            }
            fields.Add(field);
        }
        return fields;
    }

    /// <summary>Writes fields one after the other.</summary>
    internal static byte[] Write(IReadOnlyList<ProtobufField> fields)
    {
        using var stream = new MemoryStream();
        foreach (var field in fields)
        {
            WriteVarint(stream, ((ulong)field.Number << 3) | (uint)field.Wire);
            switch (field.Wire)
            {
                case Varint:
                    WriteVarint(stream, field.Value);
                    break;
                case Delimited:
                    var content = field.Children is { } children ? Write(children) : field.Bytes;
                    WriteVarint(stream, (ulong)content.Length);
                    stream.Write(content);
                    break;
                default:
                    stream.Write(field.Bytes);
                    break;
            }
        }
        return stream.ToArray();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, int length)
    {
        var taken = message[..length];
        message = message[length..];
        return taken;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(ref message, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }
        stream.WriteByte((byte)value);
    }
}
