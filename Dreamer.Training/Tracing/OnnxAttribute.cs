using Dreamer.Training.Tracing.Protobuf;

namespace Dreamer.Training.Tracing;

/// <summary>One attribute of an ONNX node: a name with a number, with several integers, or with a graph.</summary>
/// <remarks>A value type, so that attributes cost nothing in training.</remarks>
internal readonly struct OnnxAttribute
{
    private readonly string _name;
    private readonly AttributeProto.Types.AttributeType _type;
    private readonly long _integer;
    private readonly float _number;
    private readonly long[]? _integers;
    private readonly GraphProto? _graph;

    private OnnxAttribute(
        string name, AttributeProto.Types.AttributeType type, long integer = 0, float number = 0, long[]? integers = null, GraphProto? graph = null)
    {
        _name = name;
        _type = type;
        _integer = integer;
        _number = number;
        _integers = integers;
        _graph = graph;
    }

    public static implicit operator OnnxAttribute((string Name, long Value) attribute) =>
        new(attribute.Name, AttributeProto.Types.AttributeType.Int, integer: attribute.Value);

    public static implicit operator OnnxAttribute((string Name, float Value) attribute) =>
        new(attribute.Name, AttributeProto.Types.AttributeType.Float, number: attribute.Value);

    public static implicit operator OnnxAttribute((string Name, long[] Values) attribute) =>
        new(attribute.Name, AttributeProto.Types.AttributeType.Ints, integers: attribute.Values);

    public static implicit operator OnnxAttribute((string Name, GraphProto Graph) attribute) =>
        new(attribute.Name, AttributeProto.Types.AttributeType.Graph, graph: attribute.Graph);

    public AttributeProto ToProto()
    {
        var proto = new AttributeProto { Name = _name, Type = _type, I = _integer, F = _number, G = _graph };
        proto.Ints.Add(_integers ?? []);
        return proto;
    }
}
