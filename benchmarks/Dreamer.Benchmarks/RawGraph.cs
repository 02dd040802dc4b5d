using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Benchmarks;

/// <summary>A graph called directly on preallocated values: the cost of ONNX Runtime itself.</summary>
internal sealed class RawGraph : IDisposable
{
    private readonly AgentGraph _graph;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly OrtValue[] _given;
    private readonly OrtValue[] _taken;

    // A value does not keep pinned memory alive.
    private readonly List<object> _memory = [];

    /// <summary>Allocates the values.</summary>
    /// <param name="graph">A handle that the new object owns.</param>
    /// <param name="batch">The number of rows.</param>
    /// <param name="outputs">The outputs to compute; none for all.</param>
    internal RawGraph(AgentGraph graph, int batch = 1, params string[] outputs)
    {
        _graph = graph;
        var taken = _graph.Manifest.Outputs.Where(tensor => outputs.Length == 0 || outputs.Contains(tensor.Name)).ToList();
        (_inputs, _outputs) = ([.. _graph.Manifest.Inputs.Select(t => t.Name)], [.. taken.Select(t => t.Name)]);
        (_given, _taken) = ([.. _graph.Manifest.Inputs.Select(t => Value(t, batch))], [.. taken.Select(t => Value(t, batch))]);
    }

    public void Dispose()
    {
        foreach (var value in _given.Concat(_taken))
        {
            value.Dispose();
        }
        _run.Dispose();
        _graph.Dispose();
    }

    internal void Run() => _graph.Session.Run(_run, _inputs, _given, _outputs, _taken);

    private OrtValue Value(TensorManifest tensor, int batch)
    {
        long[] shape = [batch, .. tensor.Shape.Select(side => (long)side)];
        if (tensor.Type == "uint8")
        {
            var bytes = TensorMemory.Allocate<byte>(batch * tensor.Size);
            _memory.Add(bytes);
            return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, bytes, shape);
        }
        var values = TensorMemory.Allocate<float>(batch * tensor.Size);
        _memory.Add(values);
        values.Span.Fill(EpisodeNoise.Mode);
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
    }
}
