using System.Text;

namespace Dreamer.Inference.Onnx;

/// <summary>A constant tensor of a model, without its values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="ElementType">The type of its values, as an ONNX type number.</param>
internal sealed record OnnxInitializer(string Name, IReadOnlyList<long> Shape, ulong ElementType)
{
    // The exporter's name for constants.
    private const string ConstantPrefix = "const_";
    private const ulong ExternalData = 1;

    /// <summary>The number of values.</summary>
    internal long Count => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>The size of its values in bytes.</summary>
    internal long Bytes => Count * ElementType switch
    {
        2 or 3 or 9 => 1, // uint8, int8, bool
        4 or 5 or 10 or 16 => 2, // uint16, int16, float16, bfloat16
        7 or 11 or 13 or 14 => 8, // int64, double, uint64, complex64
        _ => 4, // float32, int32, uint32
    };

    /// <summary>Whether its values were learned.</summary>
    internal bool IsParameter => !Name.StartsWith(ConstantPrefix, StringComparison.Ordinal);

    /// <summary>Reads a tensor's header.</summary>
    /// <exception cref="InvalidAgentException">The bytes are not a tensor, it keeps its data elsewhere, or it declares more values than the bytes can hold.</exception>
    internal static OnnxInitializer Read(ReadOnlySpan<byte> tensor)
    {
        var (name, type, sides) = ("", 0UL, new List<ulong>());
        var reader = new ProtobufReader(tensor);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Bytes.IsEmpty: // dims
                    sides.Add(reader.Number);
                    break;
                case 1: // dims, packed
                    sides.AddRange(ProtobufReader.Packed(reader.Bytes));
                    break;
                case 2: // data_type
                    type = reader.Number;
                    break;
                case 8: // name
                    name = Encoding.UTF8.GetString(reader.Bytes);
                    break;
                case 13: // external_data
                case 14 when reader.Number == ExternalData: // data_location
                    throw new InvalidAgentException($"tensor '{name}' keeps its data in another file; agents are single files");
                default:
                    break;
            }
            if (sides.Count > ProtobufReader.LargestRank)
            {
                throw new InvalidAgentException($"tensor '{name}' has {sides.Count} dimensions; at most {ProtobufReader.LargestRank} are allowed");
            }
        }
        // Every value takes at least a byte (no agent has 4-bit tensors), so a tensor cannot have more values than the file bytes.
        var values = sides.Aggregate(1.0, (product, side) => product * side);
        return values <= tensor.Length
            ? new OnnxInitializer(name, [.. sides.Select(side => (long)side)], type)
            : throw new InvalidAgentException($"tensor '{name}' declares {values:0} values in {tensor.Length} bytes");
    }
}
