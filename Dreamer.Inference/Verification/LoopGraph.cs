using Dreamer.Inference.Stepping;

namespace Dreamer.Inference.Verification;

/// <summary>One graph with tensors of its own for a fixed number of rows.</summary>
internal sealed class LoopGraph : IDisposable
{
    private readonly AgentGraph _graph;
    private readonly int _rows;
    private readonly Dictionary<string, RowTensor> _tensors = new(StringComparer.Ordinal);
    private readonly GraphRunner _runner;

    /// <summary>Allocates the tensors.</summary>
    /// <param name="graph">A handle that the new object owns.</param>
    /// <param name="rows">The number of rows.</param>
    internal LoopGraph(AgentGraph graph, int rows)
    {
        (_graph, _rows) = (graph, rows);
        foreach (var tensor in Manifest.Inputs.Concat(Manifest.Outputs))
        {
            _tensors[tensor.Name] = RowTensor.Create(tensor, rows);
        }
        _runner = new GraphRunner(graph, Manifest.Inputs.Select(input => _tensors[input.Name]), Manifest.Outputs.Select(output => _tensors[output.Name]));
    }

    internal GraphManifest Manifest => _graph.Manifest;

    /// <summary>A tensor's memory, row after row.</summary>
    internal Span<byte> Buffer(string name) => _tensors[name].Bytes(_rows);

    /// <summary>The values of an output's row, as numbers whatever its type.</summary>
    internal float[] Row(TensorManifest tensor, int row) => _tensors[tensor.Name] is RowTensor<byte> bytes
        ? Array.ConvertAll(bytes.Row(row).ToArray(), value => (float)value)
        : ((RowTensor<float>)_tensors[tensor.Name]).Row(row).ToArray();

    internal void Run() => _runner.Run(_rows);

    public void Dispose()
    {
        _runner.Dispose();
        _graph.Dispose();
    }
}
