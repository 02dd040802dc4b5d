using BenchmarkDotNet.Attributes;
using Dreamer.Inference;

namespace Dreamer.Benchmarks;

/// <summary>Graphs of full size with float32 and with int8 weights, for one live episode and for a batch of recorded ones.</summary>
public class Int8Benchmark
{
    private DreamerAgent _agent = null!;
    private RawGraph _call = null!;

    [Params(GraphNames.RssmObserve, GraphNames.Policy, GraphNames.RssmImagine)]
    public string Graph { get; set; } = "";

    [Params(1, 64)]
    public int Batch { get; set; }

    [GlobalSetup(Target = nameof(Trained))]
    public void SetupTrained() => Setup(AgentWeights.AsTrained);

    [GlobalSetup(Target = nameof(Quantized))]
    public void SetupQuantized() => Setup(AgentWeights.Quantized);

    [GlobalCleanup]
    public void Cleanup()
    {
        _call.Dispose();
        _agent.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Trained() => _call.Run();

    [Benchmark]
    public void Quantized() => _call.Run();

    private void Setup(AgentWeights weights)
    {
        _agent = DreamerAgent.Load(FullSizeAgent.Folder, weights: weights);
        _call = new RawGraph(_agent.OpenGraph(Graph), Batch);
    }
}
