using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Training.Export.Quantization;

/// <summary>A graph of an agent with preallocated memory for a batch of rows.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class BatchGraph : IDisposable
{
    private readonly AgentGraph _graph;
    private readonly RunOptions _run = new();
    private readonly Dictionary<string, Memory<float>> _floats = new(StringComparer.Ordinal);
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    /// <summary>Allocates memory for a graph's inputs and outputs.</summary>
    /// <param name="graph">A handle; the new object owns it.</param>
    /// <param name="batch">How many rows.</param>
    public BatchGraph(AgentGraph graph, int batch)
    {
        _graph = graph;
        _inputNames = [.. graph.Manifest.Inputs.Select(tensor => tensor.Name)];
        _outputNames = [.. graph.Manifest.Outputs.Select(tensor => tensor.Name)];
        _inputs = [.. graph.Manifest.Inputs.Select(tensor => Allocate(tensor, batch))];
        _outputs = [.. graph.Manifest.Outputs.Select(tensor => Allocate(tensor, batch))];
    }

    /// <summary>The image input, row after row; empty if the graph has none.</summary>
    public Memory<byte> Image { get; private set; }

    /// <summary>The numbers of an input or output, row after row.</summary>
    public Span<float> this[string name] => _floats[name].Span;

    /// <summary>Whether the graph has such numbers.</summary>
    public bool Has(string name) => _floats.ContainsKey(name);

    public void Run() => _graph.Session.Run(_run, _inputNames, _inputs, _outputNames, _outputs);

    public void Dispose()
    {
        foreach (var value in _inputs.Concat(_outputs))
        {
            value.Dispose();
        }
        _run.Dispose();
        _graph.Dispose();
    }

    private OrtValue Allocate(TensorManifest tensor, int batch)
    {
        long[] shape = [batch, .. tensor.Shape.Select(side => (long)side)];
        if (tensor.Type == "uint8")
        {
            Image = TensorMemory.Allocate<byte>(batch * tensor.Size);
            return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Image, shape);
        }
        var memory = TensorMemory.Allocate<float>(batch * tensor.Size);
        _floats.Add(tensor.Name, memory);
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
    }
}
