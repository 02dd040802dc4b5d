using System.Text;

namespace Dreamer.Inference.Inspection;

/// <summary>A tensor that a model comes with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its sides.</param>
/// <param name="ElementType">The type of its values, as ONNX numbers them.</param>
internal sealed record OnnxInitializer(string Name, IReadOnlyList<long> Shape, ulong ElementType)
{
    // The exporter's name for constants.
    private const string ConstantPrefix = "const_";

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

    /// <exception cref="InvalidAgentException">The bytes are not a tensor.</exception>
    internal static OnnxInitializer Read(ReadOnlySpan<byte> tensor)
    {
        var (name, type, shape) = ("", 0UL, new List<long>());
        var reader = new ProtobufReader(tensor);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Bytes.IsEmpty: // dims
                    shape.Add((long)reader.Number);
                    break;
                case 1: // dims, packed
                    shape.AddRange(ProtobufReader.Packed(reader.Bytes).Select(side => (long)side));
                    break;
                case 2: // data_type
                    type = reader.Number;
                    break;
                case 8: // name
                    name = Encoding.UTF8.GetString(reader.Bytes);
                    break;
                default:
                    break;
            }
        }
        return new OnnxInitializer(name, shape, type);
    }
}
