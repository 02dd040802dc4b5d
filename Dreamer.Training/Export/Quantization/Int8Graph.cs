using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;

namespace Dreamer.Training.Export.Quantization;

/// <summary>Gives the dense layers of a graph int8 weights, in plain operators of <c>ai.onnx</c>.</summary>
/// <remarks>
/// <para>
/// A weight w of output n becomes round(w / c_n) with c_n = max |w_n| / 127. A row x becomes round(x / s) + 64 as a byte, with
/// s = max |x| / 63, and the layer's output is s * c_n * (sum of integer products) + bias. The scale is each row's own, and integers add
/// exactly in any order, so a row's result does not depend on the batch; DynamicQuantizeLinear would take one range for all of it.
/// </para>
/// <para>
/// Rows take 7 bits, not 8: processors without VNNI instructions add two products of bytes in 16 bits with saturation, which
/// 2 * 127 * 127 does not reach. So the integers are the same on all of them.
/// </para>
/// </remarks>
internal sealed class Int8Graph
{
    /// <summary>The smallest layer worth quantizing, in weights: smaller ones cost more in operators than they save in memory.</summary>
    public const int SmallestLayer = 4096;

    private const float RowSteps = 63;
    private const byte RowZero = 64;

    // Far below any activation, and far above where its reciprocal overflows.
    private const float SmallestRow = 1e-30f;

    private readonly GraphProto _source;
    private readonly GraphProto _result;
    private readonly int _smallestLayer;
    private readonly Dictionary<string, TensorProto> _weights;
    private readonly Dictionary<string, (string Bytes, string Scale)> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    private Int8Graph(GraphProto source, int smallestLayer)
    {
        (_source, _smallestLayer) = (source, smallestLayer);
        _result = new GraphProto { Name = source.Name };
        _weights = source.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The model with int8 weights, or null if no layer is large enough.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="smallestLayer">The smallest layer to quantize, in weights.</param>
    public static ModelProto? Quantize(ModelProto model, int smallestLayer = SmallestLayer)
    {
        var graph = new Int8Graph(model.Graph, smallestLayer);
        graph.Build();
        if (graph._replaced.Count == 0)
        {
            return null;
        }
        var result = model.Clone();
        result.Graph = graph._result;
        return result;
    }

    private void Build()
    {
        foreach (var node in _source.Node)
        {
            if (node.OpType == "Gemm" && _weights.TryGetValue(node.Input[1], out var weight) && weight.Dims[0] * weight.Dims[1] >= _smallestLayer)
            {
                Replace(node, weight);
            }
            else
            {
                _result.Node.Add(node.Clone());
            }
        }
        _result.Input.Add(_source.Input.Select(value => value.Clone()));
        _result.Output.Add(_source.Output.Select(value => value.Clone()));
        var needed = _result.Node.SelectMany(node => node.Input).ToHashSet(StringComparer.Ordinal);
        _result.Initializer.Add(_source.Initializer.Where(tensor => needed.Contains(tensor.Name) && !_replaced.Contains(tensor.Name)).Select(tensor => tensor.Clone()));
        var ordered = _result.Initializer.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        _result.Initializer.Clear();
        _result.Initializer.Add(ordered);
    }

    private void Replace(NodeProto layer, TensorProto weight)
    {
        var (bytes, rowScale) = RowOf(layer.Input[0]);
        var (quantized, columnScale) = Int8Weights.Quantize(weight);
        if (_replaced.Add(weight.Name))
        {
            _result.Initializer.Add([quantized, columnScale]);
        }
        var name = layer.Output[0];
        Add("MatMulInteger", $"{name}_products", bytes, quantized.Name, Constant(RowZero));
        Add("Cast", $"{name}_sums", [$"{name}_products"], ("to", ElementType.Float32));
        Add("Mul", $"{name}_rows", $"{name}_sums", rowScale);
        var hasBias = layer.Input.Count > 2;
        Add("Mul", hasBias ? $"{name}_scaled" : name, $"{name}_rows", columnScale.Name);
        if (hasBias)
        {
            Add("Add", name, $"{name}_scaled", layer.Input[2]);
        }
    }

    /// <summary>A value's rows as bytes, and their scales; several layers may read one value.</summary>
    private (string Bytes, string Scale) RowOf(string value)
    {
        if (!_rows.TryGetValue(value, out var row))
        {
            row = ($"{value}_bytes", $"{value}_scale");
            _rows.Add(value, row);
            Add("Abs", $"{value}_abs", value);
            Add("ReduceMax", $"{value}_max", [$"{value}_abs"], ("axes", (long[])[1]), ("keepdims", 1L));
            Add("Max", $"{value}_range", $"{value}_max", Constant(SmallestRow));
            Add("Div", row.Scale, $"{value}_range", Constant(RowSteps));
            Add("Div", $"{value}_steps", value, row.Scale);
            Add("Round", $"{value}_rounded", $"{value}_steps");
            Add("Add", $"{value}_shifted", $"{value}_rounded", Constant((float)RowZero));
            Add("Cast", row.Bytes, [$"{value}_shifted"], ("to", ElementType.UInt8));
        }
        return row;
    }

    private void Add(string operation, string output, params string[] inputs) => Add(operation, output, inputs, []);

    private void Add(string operation, string output, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output, Input = { inputs }, Output = { output } };
        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute.ToProto());
        }
        _result.Node.Add(node);
    }

    private string Constant(float value) => Constant(Int8Weights.Single($"const_{value:R}", value));

    private string Constant(byte value) => Constant(Int8Weights.Byte($"const_uint8_{value}", value));

    /// <summary>Adds a constant unless the graph already has one of that name.</summary>
    private string Constant(TensorProto tensor)
    {
        if (!_weights.ContainsKey(tensor.Name) && _result.Initializer.All(known => known.Name != tensor.Name))
        {
            _result.Initializer.Add(tensor);
        }
        return tensor.Name;
    }
}
