using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference.Stepping;

/// <summary>Runs a graph over the first rows of fixed tensors, without copying or allocating once a number of rows was run before.</summary>
/// <remarks>
/// Not thread-safe: the tensors belong to one caller. A second one is refused, and disposal waits for the end of a run. The graph's handle stays
/// the caller's.
/// </remarks>
internal sealed class GraphRunner : IDisposable
{
    private readonly AgentGraph _graph;
    private readonly RowTensor[] _inputs;
    private readonly RowTensor[] _outputs;
    private readonly RunOptions _options = new();
    private readonly Dictionary<int, OrtIoBinding> _bindings = [];
    private readonly List<OrtValue> _values = [];
    private readonly ExclusiveUse _use;

    /// <summary>Creates the runner.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">All of its inputs.</param>
    /// <param name="outputs">The outputs to compute.</param>
    internal GraphRunner(AgentGraph graph, IEnumerable<RowTensor> inputs, IEnumerable<RowTensor> outputs)
    {
        (_graph, _inputs, _outputs) = (graph, [.. inputs], [.. outputs]);
        _use = new ExclusiveUse(this, Free);
    }

    public void Dispose() => _use.Dispose();

    /// <summary>Runs the first rows.</summary>
    /// <exception cref="InvalidAgentException">The graph cannot be computed.</exception>
    /// <exception cref="ObjectDisposedException">The runner or the graph's handle was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is running it.</exception>
    internal void Run(int rows)
    {
        using var use = _use.Begin();
        using var weights = _graph.Begin();
        if (!_bindings.TryGetValue(rows, out var binding))
        {
            _bindings.Add(rows, binding = Bind(weights.Session, rows));
        }
        try
        {
            weights.Session.RunWithBinding(_options, binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw _graph.Failed(e);
        }
    }

    private void Free()
    {
        foreach (var binding in _bindings.Values)
        {
            binding.Dispose();
        }
        _values.ForEach(value => value.Dispose());
        _options.Dispose();
    }

    private OrtIoBinding Bind(InferenceSession session, int rows)
    {
        var binding = session.CreateIoBinding();
        foreach (var input in _inputs)
        {
            binding.BindInput(input.Name, Value(input, rows));
        }
        foreach (var output in _outputs)
        {
            binding.BindOutput(output.Name, Value(output, rows));
        }
        return binding;
    }

    private OrtValue Value(RowTensor tensor, int rows)
    {
        var value = tensor.CreateValue(rows);
        _values.Add(value);
        return value;
    }
}
