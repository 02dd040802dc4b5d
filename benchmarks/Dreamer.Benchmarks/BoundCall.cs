using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Benchmarks;

/// <summary>A graph on preallocated values of one batch, called by hand.</summary>
internal sealed class BoundCall : IDisposable
{
    private readonly AgentGraph _graph;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly OrtValue[] _given;
    private readonly OrtValue[] _taken;

    public BoundCall(AgentGraph graph, int batch = 1)
    {
        _graph = graph;
        _inputs = [.. graph.Manifest.Inputs.Select(tensor => tensor.Name)];
        _outputs = [.. graph.Manifest.Outputs.Select(tensor => tensor.Name)];
        _given = [.. graph.Manifest.Inputs.Select(tensor => Value(tensor, batch))];
        _taken = [.. graph.Manifest.Outputs.Select(tensor => Value(tensor, batch))];
    }

    public void Run() => _graph.Session.Run(_run, _inputs, _given, _outputs, _taken);

    public void Dispose()
    {
        foreach (var value in _given.Concat(_taken))
        {
            value.Dispose();
        }
        _run.Dispose();
        _graph.Dispose();
    }

    private static OrtValue Value(TensorManifest tensor, int batch)
    {
        long[] shape = [batch, .. tensor.Shape.Select(side => (long)side)];
        return tensor.Type == "uint8"
            ? OrtValue.CreateTensorValueFromMemory(new byte[batch * tensor.Size], shape)
            : OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(0.5f, batch * tensor.Size).ToArray(), shape);
    }
}
