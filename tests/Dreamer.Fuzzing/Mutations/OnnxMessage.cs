namespace Dreamer.Fuzzing.Mutations;

/// <summary>Which fields of an ONNX message are messages themselves; field numbers are those of the public specification (onnx.proto3).</summary>
internal sealed class OnnxMessage
{
    internal static readonly OnnxMessage Tensor = new();
    internal static readonly OnnxMessage Model = new();

    private readonly Dictionary<int, OnnxMessage> _inner = [];

    static OnnxMessage()
    {
        OnnxMessage graph = new(), node = new(), attribute = new(), value = new(), type = new(), tensorType = new(), shape = new(), side = new(), entry = new();
        Model._inner[7] = graph;
        (Model._inner[8], Model._inner[14]) = (entry, entry);
        (graph._inner[1], graph._inner[5], graph._inner[11], graph._inner[12]) = (node, Tensor, value, value);
        node._inner[5] = attribute;
        (attribute._inner[5], attribute._inner[6], attribute._inner[10], attribute._inner[11]) = (Tensor, graph, Tensor, graph);
        Tensor._inner[13] = entry;
        value._inner[2] = type;
        type._inner[1] = tensorType;
        tensorType._inner[2] = shape;
        shape._inner[1] = side;
    }

    private OnnxMessage()
    {
    }

    /// <summary>The type of a field that is a message; null for all others.</summary>
    internal OnnxMessage? Inner(int field) => _inner.GetValueOrDefault(field);
}
