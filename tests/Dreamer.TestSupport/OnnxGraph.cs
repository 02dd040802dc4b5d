using System.Runtime.InteropServices;
using Dreamer.Inference;

namespace Dreamer.TestSupport;

/// <summary>Builds a small ONNX model with random weights, node by node. Field numbers are those of onnx.proto3.</summary>
public sealed class OnnxGraph(Random random)
{
    private const int Float = 1;
    private const int Byte = 2;
    private const int Long = 7;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "graph");
    private int _names;

    public List<TensorManifest> Inputs { get; } = [];

    public List<TensorManifest> Outputs { get; } = [];

    public string Input(string name, params int[] row) => Input(name, "float32", row);

    public string ByteInput(string name, params int[] row) => Input(name, "uint8", row);

    public void Output(string name, string value, params int[] row) => Output(name, value, "float32", row);

    public void ByteOutput(string name, string value, params int[] row) => Output(name, value, "uint8", row);

    public string Node(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = $"v{_names++}";
        Node(op, inputs, output, attributes);
        return output;
    }

    public string Constant(params float[] values) => Tensor(Float, [values.Length], MemoryMarshal.AsBytes<float>(values));

    public string Scalar(float value) => Tensor(Float, [], MemoryMarshal.AsBytes<float>([value]));

    public string Integers(params long[] values) => Tensor(Long, [values.Length], MemoryMarshal.AsBytes<long>(values));

    public string LongScalar(long value) => Tensor(Long, [], MemoryMarshal.AsBytes<long>([value]));

    /// <summary>value x W + b, with random W and b.</summary>
    public string Dense(string value, int inputs, int outputs)
    {
        var weights = Random(inputs * outputs, 2 / MathF.Sqrt(inputs));
        var product = Node("MatMul", [value, Tensor(Float, [inputs, outputs], MemoryMarshal.AsBytes<float>(weights))]);
        return Node("Add", [product, Constant(Random(outputs, 0.5f))]);
    }

    public string Concat(params string[] values) => Node("Concat", values, ("axis", 1L));

    /// <summary>The one-hot rows of the largest values along the last axis: [batch * groups, classes] as [batch, groups * classes].</summary>
    public string OneHotOfLargest(string value, int groups, int classes)
    {
        var rows = Node("Reshape", [value, Integers(-1, groups, classes)]);
        var largest = Node("ArgMax", [rows], ("axis", 2L), ("keepdims", 0L));
        var oneHot = Node("OneHot", [largest, LongScalar(classes), Constant(0, 1)], ("axis", -1L));
        return Node("Reshape", [oneHot, Integers(-1, groups * classes)]);
    }

    /// <summary>-log(-log(u)).</summary>
    public string Gumbel(string uniform) => Node("Neg", [Node("Log", [Node("Neg", [Node("Log", [uniform])])])]);

    public byte[] ToModel() => new ProtobufWriter()
        .Number(1, 8)
        .Message(7, _graph)
        .Message(8, new ProtobufWriter().Text(1, "").Number(2, 17))
        .ToArray();

    private float[] Random(int count, float scale) =>
        [.. Enumerable.Range(0, count).Select(_ => ((float)random.NextDouble() - 0.5f) * 2 * scale)];

    private string Input(string name, string type, int[] row)
    {
        Inputs.Add(new TensorManifest(name, type, row));
        _graph.Message(11, ValueInfo(name, type, row));
        return name;
    }

    private void Output(string name, string value, string type, int[] row)
    {
        Outputs.Add(new TensorManifest(name, type, row));
        _graph.Message(12, ValueInfo(name, type, row));
        Node("Identity", [value], name);
    }

    private void Node(string op, string[] inputs, string output, params (string Name, object Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }
        node.Text(2, output).Text(4, op);
        foreach (var (name, value) in attributes)
        {
            var attribute = new ProtobufWriter().Text(1, name);
            node.Message(5, value switch
            {
                long number => attribute.Number(3, number).Number(20, 2),
                _ => throw new ArgumentException(value.GetType().Name, nameof(attributes)),
            });
        }
        _graph.Message(1, node);
    }

    private string Tensor(int type, int[] shape, ReadOnlySpan<byte> data)
    {
        var name = $"c{_names++}";
        var tensor = new ProtobufWriter();
        foreach (var side in shape)
        {
            tensor.Number(1, side);
        }
        _graph.Message(5, tensor.Number(2, type).Text(8, name).Bytes(9, data));
        return name;
    }

    private static ProtobufWriter ValueInfo(string name, string type, int[] row)
    {
        var shape = new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, "batch"));
        foreach (var side in row)
        {
            shape.Message(1, new ProtobufWriter().Number(1, side));
        }
        var tensor = new ProtobufWriter().Number(1, type == "uint8" ? Byte : Float).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
