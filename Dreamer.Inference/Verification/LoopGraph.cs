using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference.Verification;

/// <summary>One graph with buffers of its own for a batch of some size.</summary>
internal sealed class LoopGraph : IDisposable
{
    private readonly Dictionary<string, PinnedTensor<float>> _floats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PinnedTensor<byte>> _bytes = new(StringComparer.Ordinal);
    private readonly BoundGraph _bound;

    /// <summary>Binds a graph.</summary>
    /// <param name="graph">A handle that the new object owns.</param>
    /// <param name="batch">How many rows.</param>
    /// <param name="run">The options of its runs; not owned.</param>
    internal LoopGraph(AgentGraph graph, int batch, RunOptions run)
    {
        Manifest = graph.Manifest;
        var tensors = Manifest.Inputs.Concat(Manifest.Outputs).ToDictionary(tensor => tensor.Name);
        _bound = new BoundGraph(graph, run, name =>
        {
            long[] shape = [batch, .. tensors[name].Shape.Select(side => (long)side)];
            if (tensors[name].Type == "uint8")
            {
                return (_bytes[name] = new PinnedTensor<byte>(shape)).Value;
            }
            return (_floats[name] = new PinnedTensor<float>(shape)).Value;
        });
    }

    internal GraphManifest Manifest { get; }

    /// <summary>The buffer of a tensor as bytes, row after row.</summary>
    internal Span<byte> Buffer(string name) => _bytes.TryGetValue(name, out var bytes) ? bytes.Span : MemoryMarshal.AsBytes(_floats[name].Span);

    /// <summary>The values of an output's row, as numbers whatever its type.</summary>
    internal float[] Row(TensorManifest tensor, int row) => _bytes.TryGetValue(tensor.Name, out var bytes)
        ? Array.ConvertAll(bytes.Span.Slice(row * tensor.Size, tensor.Size).ToArray(), value => (float)value)
        : _floats[tensor.Name].Span.Slice(row * tensor.Size, tensor.Size).ToArray();

    internal void Run() => _bound.Run();

    public void Dispose()
    {
        _bound.Dispose();
        foreach (var value in _floats.Values.Concat<IDisposable>(_bytes.Values))
        {
            value.Dispose();
        }
    }
}
