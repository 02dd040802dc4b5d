namespace Dreamer.Inference.Onnx;

/// <summary>Walks the fields of a protobuf message in memory without building anything, within its bounds.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    /// <summary>The most dimensions that a tensor may have; no agent's has more than 4.</summary>
    internal const int LargestRank = 16;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The current field's number.</summary>
    internal int Field { get; private set; }

    /// <summary>The current field's bytes if it is length-delimited, otherwise empty.</summary>
    internal ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The current field's value if it is a number.</summary>
    internal ulong Number { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>False at the message's end.</returns>
    /// <exception cref="InvalidAgentException">The bytes are not a protobuf message.</exception>
    internal bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Bytes = [];
        Number = 0;
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new InvalidAgentException($"protobuf wire type {tag & 7} at field {Field} is not one of an ONNX model");
        }
        return Field > 0 ? true : throw new InvalidAgentException("protobuf field number 0");
    }

    /// <summary>The numbers of a packed field, a tensor's dimensions.</summary>
    /// <exception cref="InvalidAgentException">They are cut off, or more than a tensor can have.</exception>
    internal static ulong[] Packed(ReadOnlySpan<byte> packed)
    {
        var numbers = new List<ulong>();
        var reader = new ProtobufReader(packed);
        while (!reader._rest.IsEmpty)
        {
            numbers.Add(numbers.Count < LargestRank ? reader.Varint() : throw new InvalidAgentException($"a tensor has more than {LargestRank} dimensions"));
        }
        return [.. numbers];
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
        throw new InvalidAgentException("a protobuf number is longer than 10 bytes");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new InvalidAgentException($"a protobuf field claims {length} bytes, but only {_rest.Length} are left");
        }
        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
