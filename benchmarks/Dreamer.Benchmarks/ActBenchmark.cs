using BenchmarkDotNet.Attributes;
using Dreamer.Inference;

namespace Dreamer.Benchmarks;

/// <summary>One step of a live session against the same graphs called by hand on preallocated values: what the session itself costs.</summary>
[MemoryDiagnoser]
public class ActBenchmark
{
    private static readonly string[] Graphs = [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy];

    private DreamerAgent _agent = null!;
    private List<RawGraph> _calls = null!;
    private AgentSession _session = null!;
    private byte[] _image = null!;

    [GlobalSetup]
    public void Setup()
    {
        _agent = DreamerAgent.Load(Path.Combine(AppContext.BaseDirectory, "onnx", "catch"));
        _session = _agent.CreateSession(new AgentSessionOptions { Outputs = AgentOutputs.None });
        _image = new byte[_agent.Manifest.Image!.Size];
        _calls = [.. Graphs.Select(name => new RawGraph(_agent.OpenGraph(name)))];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _calls.ForEach(call => call.Dispose());
        _session.Dispose();
        _agent.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void RawOnnxRuntime()
    {
        foreach (var call in _calls)
        {
            call.Run();
        }
    }

    [Benchmark]
    public int SessionAct() => _session.Act(_image);
}
