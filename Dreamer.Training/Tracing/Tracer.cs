using Dreamer.Training.Export;
using Dreamer.Training.Native;
using Dreamer.Training.Tracing.Protobuf;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

/// <summary>Records the ONNX nodes of the operations on <see cref="Traced"/>, from its creation until it is disposed.</summary>
/// <remarks>
/// Belongs to the thread that created it; one at a time. Gradients are off while it records, so that parts only for training (the
/// straight-through gradient of a sample) are not in the graph.
/// </remarks>
internal sealed class Tracer : IDisposable
{
    /// <summary>The name of the free first dimension of every input and output.</summary>
    public const string BatchDimension = "batch";

    [ThreadStatic]
    private static Tracer? _current;

    private readonly Dictionary<Tensor, string> _parameters = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nodeCounts = new(StringComparer.Ordinal);
    private readonly DisposeScope _scope;
    private readonly IDisposable _noGradients;
    private GraphProto _graph = new();
    private string _prefix = "";

    /// <summary>Starts a trace.</summary>
    /// <param name="networks">The networks whose parameters and buffers become initializers, named by their paths.</param>
    /// <exception cref="InvalidOperationException">
    /// This thread is already tracing, or two parameters have the same path.
    /// </exception>
    public Tracer(params IReadOnlyList<nn.Module> networks)
    {
        if (_current is not null)
        {
            throw new InvalidOperationException("This thread is already tracing.");
        }
        TorchRuntime.EnsureLoaded();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var parameters = networks.SelectMany(network => network.named_parameters().Select(p => (p.name, value: (Tensor)p.parameter)));
        var buffers = networks.SelectMany(network => network.named_buffers().Select(b => (b.name, value: b.buffer)));
        foreach (var (path, parameter) in parameters.Concat(buffers))
        {
            if (!paths.Add(path))
            {
                throw new InvalidOperationException($"Two parameters of the traced networks have the path '{path}'.");
            }
            _parameters.Add(parameter, path);
        }
        _scope = NewDisposeScope();
        _noGradients = no_grad();
        _current = this;
    }

    /// <summary>The trace of this thread, if any.</summary>
    public static Tracer? Current => _current;

    /// <inheritdoc/>
    public void Dispose()
    {
        _current = null;
        _noGradients.Dispose();
        _scope.Dispose();
    }

    /// <summary>Declares an input of the graph.</summary>
    /// <param name="name">Its name in the graph.</param>
    /// <param name="example">A tensor of its type and shape.</param>
    public Traced Input(string name, Tensor example)
    {
        _graph.Input.Add(OnnxTensors.Describe(name, example));
        return new Traced(example, name);
    }

    /// <summary>Declares an output of the graph.</summary>
    /// <param name="name">Its name in the graph.</param>
    /// <param name="value">Its value.</param>
    public void Output(string name, Traced value)
    {
        _graph.Node.Add(Node("Identity", name, [NameOf(value, $"output '{name}'")], [name]));
        _graph.Output.Add(OnnxTensors.Describe(name, value.Value));
    }

    /// <summary>Records a node with one output.</summary>
    public Traced Record(string op, Tensor result, ReadOnlySpan<Traced> inputs, ReadOnlySpan<OnnxAttribute> attributes) =>
        Record(op, [result], inputs, attributes)[0];

    /// <summary>Records a node.</summary>
    /// <exception cref="InvalidOperationException">An input's tensor is not known to the trace.</exception>
    public Traced[] Record(string op, Tensor[] results, ReadOnlySpan<Traced> inputs, ReadOnlySpan<OnnxAttribute> attributes)
    {
        var number = _nodeCounts[op] = _nodeCounts.GetValueOrDefault(op) + 1;
        var name = $"{_prefix}{op}_{number}";
        var inputNames = new string[inputs.Length];
        for (var i = 0; i < inputNames.Length; i++)
        {
            inputNames[i] = NameOf(inputs[i], $"input {i} of {name}");
        }
        string[] outputNames = results.Length == 1 ? [name] : [.. results.Select((_, i) => $"{name}_{i}")];
        var node = Node(op, name, inputNames, outputNames);
        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute.ToProto());
        }
        _graph.Node.Add(node);
        return [.. results.Zip(outputNames, (tensor, output) => new Traced(tensor, output))];
    }

    /// <summary>A number as a constant of the graph.</summary>
    public Traced Constant(float value) => Constant($"const_{value:R}", tensor(value));

    /// <summary>Numbers as a constant of the graph.</summary>
    public Traced Constant(float[] values) => Constant($"const_[{string.Join(',', values)}]", tensor(values));

    /// <summary>Integers as a constant of the graph.</summary>
    public Traced Constant(ReadOnlySpan<long> values)
    {
        var array = values.ToArray();
        return Constant($"const_int_[{string.Join(',', array)}]", tensor(array));
    }

    /// <summary>A tensor as a constant of the graph.</summary>
    /// <param name="name">Its name in the graph; equal names are equal constants.</param>
    /// <param name="value">Its values.</param>
    public Traced Constant(string name, Tensor value)
    {
        AddInitializer(name, value);
        return new Traced(value, name);
    }

    /// <summary>The graph as traced so far, without the nodes and initializers that no output needs.</summary>
    /// <param name="name">The graph's name.</param>
    public GraphProto ToGraph(string name)
    {
        var (graph, needed) = Needed(name);
        graph.Initializer.Add(_initializers.Values.Where(i => needed.Contains(i.Name)).OrderBy(i => i.Name, StringComparer.Ordinal));
        return graph;
    }

    /// <summary>Records the inner graph of a node that is about to be recorded. It may use every value of the outer graph.</summary>
    /// <param name="op">The node's operator.</param>
    /// <param name="inputs">Examples of its inputs; their first dimension is the batch.</param>
    /// <param name="code">Computes its outputs from its inputs.</param>
    public GraphProto Inner(string op, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Traced>, IReadOnlyList<Traced>> code)
    {
        var (graph, prefix) = (_graph, _prefix);
        var name = $"{prefix}{op}_{_nodeCounts.GetValueOrDefault(op) + 1}";
        (_graph, _prefix) = (new GraphProto(), $"{name}/");
        try
        {
            var given = inputs.Select((input, index) => Input($"{_prefix}input_{index}", input)).ToList();
            foreach (var (index, output) in code(given).Index())
            {
                Output($"{_prefix}output_{index}", output);
            }
            foreach (var value in _graph.Input.Concat(_graph.Output))
            {
                value.Type.TensorType.Shape.Dim[0].DimParam = BatchDimension;
            }
            return Needed(name).Graph;
        }
        finally
        {
            (_graph, _prefix) = (graph, prefix);
        }
    }

    /// <summary>Computes without recording.</summary>
    public static T Untraced<T>(Func<T> code)
    {
        var tracer = _current;
        _current = null;
        try
        {
            return code();
        }
        finally
        {
            _current = tracer;
        }
    }

    private (GraphProto Graph, HashSet<string> Names) Needed(string name)
    {
        var needed = _graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var nodes = new List<NodeProto>();
        foreach (var node in _graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            needed.UnionWith(Uses(node));
            nodes.Add(node);
        }
        nodes.Reverse();

        var graph = new GraphProto { Name = name };
        graph.Node.Add(nodes);
        graph.Input.Add(_graph.Input);
        graph.Output.Add(_graph.Output);
        return (graph, needed);
    }

    private static IEnumerable<string> Uses(NodeProto node) =>
        node.Input.Concat(node.Attribute.Where(a => a.G is not null).SelectMany(a => a.G.Node.SelectMany(Uses)));

    private string NameOf(Traced value, string where)
    {
        if (value.Name is { } name)
        {
            return name;
        }
        if (value.Value is null || !_parameters.TryGetValue(value.Value, out var path))
        {
            throw new InvalidOperationException(
                $"The tensor [{string.Join(", ", value.Value?.shape ?? [])}] that is {where} came from outside the trace: it is not a graph " +
                "input, a result of an operation on Traced, or a parameter of the traced networks.");
        }
        AddInitializer(path, value.Value);
        return path;
    }

    private void AddInitializer(string name, Tensor value)
    {
        if (!_initializers.ContainsKey(name))
        {
            _initializers.Add(name, OnnxTensors.ToProto(name, value));
        }
    }

    private static NodeProto Node(string op, string name, string[] inputs, string[] outputs)
    {
        var node = new NodeProto { OpType = op, Name = name };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        return node;
    }
}
