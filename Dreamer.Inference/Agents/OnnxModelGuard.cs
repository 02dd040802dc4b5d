using System.Text;

namespace Dreamer.Inference;

/// <summary>
/// Reads an ONNX model's protobuf before ONNX Runtime sees it and refuses what an agent never has: tensors kept in other
/// files, operators of foreign domains, declared sizes that the file cannot hold.
/// </summary>
/// <remarks>Field numbers are those of the public ONNX IR specification (onnx.proto3).</remarks>
internal static class OnnxModelGuard
{
    private const int MaximumDepth = 16;
    private const ulong External = 1;

    /// <summary>Checks a model.</summary>
    /// <exception cref="InvalidAgentException">It is no ONNX model, or none that is taken from a folder; says why.</exception>
    internal static void Check(ReadOnlySpan<byte> model)
    {
        var reader = new ProtobufReader(model);
        var graphs = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 7: // graph
                    graphs++;
                    CheckGraph(reader.Bytes, 0);
                    break;
                case 8: // opset_import
                    CheckDomain(reader.Bytes, field: 1, "the model imports");
                    break;
                case 20 or 25: // training_info, functions
                    throw new InvalidAgentException($"the model has the part {reader.Field} (training information or functions), which no agent has");
                default:
                    break;
            }
        }
        if (graphs != 1)
        {
            throw new InvalidAgentException($"the model has {graphs} graphs; one is expected");
        }
    }

    private static void CheckGraph(ReadOnlySpan<byte> graph, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidAgentException($"graphs are nested deeper than {MaximumDepth}");
        }

        var reader = new ProtobufReader(graph);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: // node
                    CheckNode(reader.Bytes, depth);
                    break;
                case 5: // initializer
                    CheckTensor(reader.Bytes);
                    break;
                case 15: // sparse_initializer
                    throw new InvalidAgentException("the model has a sparse initializer, which no agent has");
                default:
                    break;
            }
        }
    }

    private static void CheckNode(ReadOnlySpan<byte> node, int depth)
    {
        CheckDomain(node, field: 7, "a node uses");
        var reader = new ProtobufReader(node);
        while (reader.Next())
        {
            if (reader.Field == 5) // attribute
            {
                CheckAttribute(reader.Bytes, depth);
            }
        }
    }

    private static void CheckAttribute(ReadOnlySpan<byte> attribute, int depth)
    {
        var reader = new ProtobufReader(attribute);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 5 or 10: // t, tensors
                    CheckTensor(reader.Bytes);
                    break;
                case 6 or 11: // g, graphs
                    CheckGraph(reader.Bytes, depth + 1);
                    break;
                case 22 or 23: // sparse tensors
                    throw new InvalidAgentException("a node has a sparse tensor, which no agent has");
                default:
                    break;
            }
        }
    }

    private static void CheckTensor(ReadOnlySpan<byte> tensor)
    {
        var reader = new ProtobufReader(tensor);
        var name = "";
        var values = 1.0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when !reader.Bytes.IsEmpty: // dims, packed
                    values *= ProtobufReader.Packed(reader.Bytes).Aggregate(1.0, (product, side) => product * side);
                    break;
                case 1:
                    values *= reader.Number;
                    break;
                case 8:
                    name = Encoding.UTF8.GetString(reader.Bytes);
                    break;
                case 13: // external_data
                case 14 when reader.Number == External: // data_location
                    throw new InvalidAgentException($"tensor '{name}' keeps its data in another file; agents are single files");
                default:
                    break;
            }
        }
        // Every value takes at least a byte (no agent has 4-bit tensors), so a tensor cannot have more values than the file bytes.
        if (values > tensor.Length)
        {
            throw new InvalidAgentException($"tensor '{name}' declares {values:0} values in {tensor.Length} bytes");
        }
    }

    private static void CheckDomain(ReadOnlySpan<byte> message, int field, string what)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field && !reader.Bytes.IsEmpty && !reader.Bytes.SequenceEqual("ai.onnx"u8))
            {
                throw new InvalidAgentException($"{what} the operator domain '{Encoding.UTF8.GetString(reader.Bytes)}'; only ai.onnx is allowed");
            }
        }
    }
}
