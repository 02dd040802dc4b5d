using System.Text;

namespace Dreamer.Inference;

/// <summary>
/// Reads an ONNX model's protobuf before ONNX Runtime sees it and refuses what no agent contains: tensors in other
/// files, operators of foreign domains, declared sizes that the file cannot hold.
/// </summary>
/// <remarks>Field numbers follow the public ONNX IR specification (onnx.proto3).</remarks>
internal static class OnnxModelGuard
{
    private const int MaximumDepth = 16;
    private const ulong External = 1;

    // An agent's graph has hundreds of nodes. What is read of each takes far more memory than the few bytes that it can have in a file.
    private const int LargestCount = 1 << 16;

    /// <summary>Checks a model.</summary>
    /// <exception cref="InvalidAgentException">It is not an ONNX model, or not one that may be loaded; the message says why.</exception>
    internal static void Check(ReadOnlySpan<byte> model)
    {
        var reader = new ProtobufReader(model);
        var (graphs, parts) = (0, 0);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 7: // graph
                    graphs++;
                    CheckGraph(reader.Bytes, 0, ref parts);
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

    private static void CheckGraph(ReadOnlySpan<byte> graph, int depth, ref int parts)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidAgentException($"graphs are nested deeper than {MaximumDepth}");
        }

        var reader = new ProtobufReader(graph);
        while (reader.Next())
        {
            Count(ref parts);
            switch (reader.Field)
            {
                case 1: // node
                    CheckNode(reader.Bytes, depth, ref parts);
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

    private static void CheckNode(ReadOnlySpan<byte> node, int depth, ref int parts)
    {
        CheckDomain(node, field: 7, "a node uses");
        var reader = new ProtobufReader(node);
        while (reader.Next())
        {
            Count(ref parts);
            if (reader.Field == 5) // attribute
            {
                CheckAttribute(reader.Bytes, depth, ref parts);
            }
        }
    }

    private static void CheckAttribute(ReadOnlySpan<byte> attribute, int depth, ref int parts)
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
                    CheckGraph(reader.Bytes, depth + 1, ref parts);
                    break;
                case 22 or 23: // sparse tensors
                    throw new InvalidAgentException("a node has a sparse tensor, which no agent has");
                default:
                    break;
            }
        }
    }

    private static void Count(ref int parts)
    {
        if (++parts > LargestCount)
        {
            throw new InvalidAgentException($"the model has more than {LargestCount} nodes, tensors, inputs and attributes");
        }
    }

    private static void CheckTensor(ReadOnlySpan<byte> tensor)
    {
        var reader = new ProtobufReader(tensor);
        var name = "";
        var (values, rank) = (1.0, 0);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when !reader.Bytes.IsEmpty: // dims, packed
                    var sides = ProtobufReader.Packed(reader.Bytes);
                    (values, rank) = (sides.Aggregate(values, (product, side) => product * side), rank + sides.Length);
                    break;
                case 1:
                    (values, rank) = (values * reader.Number, rank + 1);
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
        if (rank > ProtobufReader.LargestRank)
        {
            throw new InvalidAgentException($"tensor '{name}' has {rank} dimensions; at most {ProtobufReader.LargestRank} are taken");
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
