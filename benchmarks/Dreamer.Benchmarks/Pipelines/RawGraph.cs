using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Benchmarks.Pipelines;

/// <summary>A graph called by hand on preallocated values: what ONNX Runtime itself takes.</summary>
internal sealed class RawGraph : IDisposable
{
    private readonly AgentGraph _graph;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly OrtValue[] _given;
    private readonly OrtValue[] _taken;

    // A value does not keep memory alive that was pinned before.
    private readonly List<object> _memory = [];

    internal RawGraph(DreamerAgent agent, string name, int batch, params string[] outputs)
    {
        _graph = agent.OpenGraph(name);
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
