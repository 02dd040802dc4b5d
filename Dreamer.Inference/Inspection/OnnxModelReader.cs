using System.Text;

namespace Dreamer.Inference.Inspection;

/// <summary>A model's nodes and initializers, including those of inner graphs.</summary>
/// <remarks>Field numbers follow the public ONNX IR specification (onnx.proto3). Not thread-safe.</remarks>
internal sealed class OnnxModelReader
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxInitializer> _initializers = new(StringComparer.Ordinal);

    private OnnxModelReader()
    {
    }

    /// <summary>The version of the operators, <c>ai.onnx</c>.</summary>
    internal long Opset { get; private set; }

    /// <summary>The version of the file's format.</summary>
    internal long IrVersion { get; private set; }

    internal IReadOnlyList<OnnxNode> Nodes => _nodes;

    internal IReadOnlyDictionary<string, OnnxInitializer> Initializers => _initializers;

    /// <summary>Reads a model that <see cref="OnnxModelGuard"/> has let pass.</summary>
    /// <exception cref="InvalidAgentException">It is no ONNX model.</exception>
    internal static OnnxModelReader Read(ReadOnlySpan<byte> model)
    {
        var result = new OnnxModelReader();
        var reader = new ProtobufReader(model);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: // ir_version
                    result.IrVersion = (long)reader.Number;
                    break;
                case 7: // graph
                    result.ReadGraph(reader.Bytes, isInner: false);
                    break;
                case 8: // opset_import
                    result.Opset = Math.Max(result.Opset, Version(reader.Bytes));
                    break;
                default:
                    break;
            }
        }
        return result;
    }

    private static long Version(ReadOnlySpan<byte> import)
    {
        var reader = new ProtobufReader(import);
        var version = 0L;
        while (reader.Next())
        {
            version = reader.Field == 2 ? (long)reader.Number : version;
        }
        return version;
    }

    private void ReadGraph(ReadOnlySpan<byte> graph, bool isInner)
    {
        var reader = new ProtobufReader(graph);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: // node
                    ReadNode(reader.Bytes, isInner);
                    break;
                case 5: // initializer
                    var initializer = OnnxInitializer.Read(reader.Bytes);
                    _initializers[initializer.Name] = initializer;
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadNode(ReadOnlySpan<byte> node, bool isInner)
    {
        var (operation, inputs, outputs) = ("", new List<string>(), new List<string>());
        var reader = new ProtobufReader(node);
        while (reader.Next())
        {
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
                    ReadAttribute(reader.Bytes);
                    break;
                default:
                    break;
            }
        }
        _nodes.Add(new OnnxNode(operation, inputs, outputs, isInner));
    }

    private void ReadAttribute(ReadOnlySpan<byte> attribute)
    {
        var reader = new ProtobufReader(attribute);
        while (reader.Next())
        {
            if (reader.Field is 6 or 11) // g, graphs
            {
                ReadGraph(reader.Bytes, isInner: true);
            }
        }
    }
}
