using System.Runtime.InteropServices;
using Dreamer.Inference.Onnx;

namespace Dreamer.Inference.Verification;

/// <summary>A tensor as the ONNX model zoo keeps test data: one <c>TensorProto</c> a file, its values in <c>raw_data</c>.</summary>
internal sealed record TensorFile(string Name, long[] Shape, bool IsByte, byte[] Data)
{
    private const long LargestFile = 256L << 20;
    private const ulong Float32 = 1;
    private const ulong UInt8 = 2;

    /// <summary>The values as numbers.</summary>
    internal float[] ToSingles()
    {
        if (IsByte)
        {
            return Array.ConvertAll(Data, value => (float)value);
        }
        var values = new float[Data.Length / sizeof(float)];
        Data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <exception cref="InvalidAgentException">The file is missing, too large, or no float32 or uint8 tensor.</exception>
    internal static TensorFile Read(string path)
    {
        var bytes = AgentFolder.ReadFile(path, LargestFile);
        try
        {
            return Parse(bytes);
        }
        catch (InvalidAgentException e)
        {
            throw new InvalidAgentException($"'{path}' is not a test tensor: {e.Message}.", e);
        }
    }

    /// <exception cref="InvalidAgentException">It is not a float32 or uint8 tensor with at least one row.</exception>
    internal static TensorFile Parse(byte[] bytes)
    {
        var reader = new ProtobufReader(bytes);
        var (name, type, shape) = ("", 0UL, new List<long>());
        byte[] data = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Bytes.IsEmpty:
                    shape.Add((long)reader.Number);
                    break;
                case 1:
                    shape.AddRange(ProtobufReader.Packed(reader.Bytes).Select(side => (long)side));
                    break;
                case 2:
                    type = reader.Number;
                    break;
                case 8:
                    name = System.Text.Encoding.UTF8.GetString(reader.Bytes);
                    break;
                case 9:
                    data = reader.Bytes.ToArray();
                    break;
                default:
                    break;
            }
        }

        if (shape.Count > ProtobufReader.LargestRank || shape.Any(side => side < 1))
        {
            throw new InvalidAgentException($"it has {shape.Count} dimensions ({string.Join(", ", shape.Take(ProtobufReader.LargestRank))}); every one must be at least 1");
        }
        if (type is not (Float32 or UInt8))
        {
            throw new InvalidAgentException($"its element type is {type}; float32 (1) and uint8 (2) are allowed");
        }
        var size = shape.Aggregate(type == Float32 ? (double)sizeof(float) : 1, (product, side) => product * side);
        return size == data.Length
            ? new TensorFile(name, [.. shape], type == UInt8, data)
            : throw new InvalidAgentException($"its shape [{string.Join(", ", shape)}] takes {size:0} bytes, but {data.Length} bytes follow");
    }
}
