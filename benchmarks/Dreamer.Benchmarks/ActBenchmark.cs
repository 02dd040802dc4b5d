using BenchmarkDotNet.Attributes;
using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Benchmarks;

/// <summary>One step of a live session against the same graphs called by hand on preallocated values: what the session itself costs.</summary>
[MemoryDiagnoser]
public class ActBenchmark
{
    private static readonly string[] Graphs = [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy];

    private readonly List<IDisposable> _owned = [];
    private readonly List<(InferenceSession Session, string[] Inputs, OrtValue[] Given, string[] Outputs, OrtValue[] Taken)> _calls = [];
    private AgentSession _session = null!;
    private RunOptions _run = null!;
    private byte[] _image = null!;

    [GlobalSetup]
    public void Setup()
    {
        var agent = DreamerAgent.Load(Path.Combine(AppContext.BaseDirectory, "onnx", "catch"));
        _session = agent.CreateSession(new AgentSessionOptions { Outputs = AgentOutputs.None });
        _image = new byte[agent.Manifest.Image!.Size];
        _run = new RunOptions();
        _owned.AddRange([agent, _session, _run]);
        foreach (var name in Graphs)
        {
            var graph = agent.OpenGraph(name);
            _owned.Add(graph);
            _calls.Add((
                graph.Session,
                [.. graph.Manifest.Inputs.Select(t => t.Name)], [.. graph.Manifest.Inputs.Select(Value)],
                [.. graph.Manifest.Outputs.Select(t => t.Name)], [.. graph.Manifest.Outputs.Select(Value)]));
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _owned.AsEnumerable().Reverse().ToList().ForEach(owned => owned.Dispose());

    [Benchmark(Baseline = true)]
    public void RawOnnxRuntime()
    {
        foreach (var (session, inputs, given, outputs, taken) in _calls)
        {
            session.Run(_run, inputs, given, outputs, taken);
        }
    }

    [Benchmark]
    public int SessionAct() => _session.Act(_image);

    private OrtValue Value(TensorManifest tensor)
    {
        long[] shape = [1, .. tensor.Shape.Select(side => (long)side)];
        var value = tensor.Type == "uint8"
            ? OrtValue.CreateTensorValueFromMemory(new byte[tensor.Size], shape)
            : OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(0.5f, tensor.Size).ToArray(), shape);
        _owned.Add(value);
        return value;
    }
}
