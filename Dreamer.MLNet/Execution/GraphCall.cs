using Microsoft.ML.OnnxRuntime;

namespace Dreamer.MLNet.Execution;

/// <summary>Runs a graph from tensors into tensors.</summary>
/// <remarks>Not thread-safe: the tensors belong to one cursor or row.</remarks>
internal sealed class GraphCall : IDisposable
{
    private readonly GraphLease _graph;
    private readonly RunOptions _options = new();
    private readonly RowTensor[] _inputs;
    private readonly RowTensor[] _outputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputValues;
    private readonly OrtValue[] _outputValues;

    /// <summary>Creates the call; the tensors become its own.</summary>
    internal GraphCall(GraphLease graph, RowTensor[] inputs, RowTensor[] outputs)
    {
        (_graph, _inputs, _outputs) = (graph, inputs, outputs);
        (_inputNames, _outputNames) = (Array.ConvertAll(inputs, t => t.Name), Array.ConvertAll(outputs, t => t.Name));
        (_inputValues, _outputValues) = (new OrtValue[inputs.Length], new OrtValue[outputs.Length]);
    }

    public void Dispose()
    {
        foreach (var tensor in _inputs.Concat(_outputs))
        {
            tensor.Dispose();
        }
        _options.Dispose();
    }

    /// <summary>Runs the first rows of the tensors.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal void Run(int rows)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            _inputValues[i] = _inputs[i].Value(rows);
        }
        for (var i = 0; i < _outputs.Length; i++)
        {
            _outputValues[i] = _outputs[i].Value(rows);
        }
        _graph.Session.Run(_options, _inputNames, _inputValues, _outputNames, _outputValues);
    }
}
