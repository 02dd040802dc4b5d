using System.Text;

namespace Dreamer.Inference.Onnx;

/// <summary>
/// An ONNX model's nodes and initializers, including those of inner graphs. Reading one refuses what no agent contains: tensors in other files, operators
/// of foreign domains, declared sizes that the file cannot hold.
/// </summary>
/// <remarks>It never reads the values of tensors. Field numbers follow the public ONNX IR specification (onnx.proto3).</remarks>
internal sealed class OnnxModel
{
    private const int MaximumDepth = 16;

    // An agent's graph has hundreds of nodes. A few bytes in a file can take far more memory once they are read.
    private const int LargestCount = 1 << 16;

    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxInitializer> _initializers = new(StringComparer.Ordinal);
    private int _parts;

    private OnnxModel()
    {
    }

    /// <summary>The version of the operators, <c>ai.onnx</c>.</summary>
    internal long Opset { get; private set; }

    /// <summary>The version of the file's format.</summary>
    internal long IrVersion { get; private set; }

    internal IReadOnlyList<OnnxNode> Nodes => _nodes;

    internal IReadOnlyDictionary<string, OnnxInitializer> Initializers => _initializers;

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidAgentException">It is not an ONNX model, or not one that may be loaded; the message says why.</exception>
    internal static OnnxModel Read(ReadOnlySpan<byte> bytes)
    {
        var model = new OnnxModel();
        var reader = new ProtobufReader(bytes);
        var graphs = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: // ir_version
                    model.IrVersion = (long)reader.Number;
                    break;
                case 7: // graph
                    graphs++;
                    model.ReadGraph(reader.Bytes, depth: 0);
                    break;
                case 8: // opset_import
                    model.ReadOpset(reader.Bytes);
                    break;
                case 20 or 25: // training_info, functions
                    throw new InvalidAgentException($"the model has the part {reader.Field} (training information or functions), which no agent has");
                default:
                    break;
            }
        }
        return graphs == 1 ? model : throw new InvalidAgentException($"the model has {graphs} graphs; one is expected");
    }

    private void ReadOpset(ReadOnlySpan<byte> import)
    {
        var reader = new ProtobufReader(import);
        while (reader.Next())
        {
            if (reader.Field == 1) // domain
            {
                RequireDomain(reader.Bytes, "the model imports");
            }
            else if (reader.Field == 2) // version
            {
                Opset = Math.Max(Opset, (long)reader.Number);
            }
        }
    }

    private void ReadGraph(ReadOnlySpan<byte> graph, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidAgentException($"graphs are nested deeper than {MaximumDepth}");
        }
        var reader = new ProtobufReader(graph);
        while (reader.Next())
        {
            Count();
            switch (reader.Field)
            {
                case 1: // node
                    ReadNode(reader.Bytes, depth);
                    break;
                case 5: // initializer
                    var initializer = OnnxInitializer.Read(reader.Bytes);
                    _initializers[initializer.Name] = initializer;
                    break;
                case 15: // sparse_initializer
                    throw new InvalidAgentException("the model has a sparse initializer, which no agent has");
                default:
                    break;
            }
        }
    }

    private void ReadNode(ReadOnlySpan<byte> node, int depth)
    {
        var (operation, inputs, outputs) = ("", new List<string>(), new List<string>());
        var reader = new ProtobufReader(node);
        while (reader.Next())
        {
            Count();
            switch (reader.Field)
            {
                case 1: // input
                    inputs.Add(Encoding.UTF8.GetString(reader.Bytes));
                    break;
                case 2: // output
                    outputs.Add(Encoding.UTF8.GetString(reader.Bytes));
                    break;
                case 4: // op_type
                    operation = Encoding.UTF8.GetString(reader.Bytes);
                    break;
                case 5: // attribute
                    ReadAttribute(reader.Bytes, depth);
                    break;
                case 7: // domain
                    RequireDomain(reader.Bytes, "a node uses");
                    break;
                default:
                    break;
            }
        }
        _nodes.Add(new OnnxNode(operation, inputs, outputs, IsInner: depth > 0));
    }

    private void ReadAttribute(ReadOnlySpan<byte> attribute, int depth)
    {
        var reader = new ProtobufReader(attribute);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 5 or 10: // t, tensors
                    OnnxInitializer.Read(reader.Bytes);
                    break;
                case 6 or 11: // g, graphs
                    ReadGraph(reader.Bytes, depth + 1);
                    break;
                case 22 or 23: // sparse tensors
                    throw new InvalidAgentException("a node has a sparse tensor, which no agent has");
                default:
                    break;
            }
        }
    }

    private void Count()
    {
        if (++_parts > LargestCount)
        {
            throw new InvalidAgentException($"the model has more than {LargestCount} nodes, tensors, inputs and attributes");
        }
    }

    private static void RequireDomain(ReadOnlySpan<byte> domain, string what)
    {
        if (!domain.IsEmpty && !domain.SequenceEqual("ai.onnx"u8))
        {
            throw new InvalidAgentException($"{what} the operator domain '{Encoding.UTF8.GetString(domain)}'; only ai.onnx is allowed");
        }
    }
}
