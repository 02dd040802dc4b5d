using Dreamer.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.MLNet.Execution;

/// <summary>
/// A transformer's handle on a graph. Pipelines are seldom disposed, so the handle goes back when nothing refers to it any more:
/// neither the transformer nor a cursor or row that still reads through it.
/// </summary>
internal sealed class GraphLease(AgentGraph graph) : IDisposable
{
#pragma warning disable MA0055 // The finalizer is the purpose of this class.
    ~GraphLease() => graph.Dispose();
#pragma warning restore MA0055

    internal GraphManifest Manifest => graph.Manifest;

    internal ReadOnlyMemory<byte> Bytes => graph.Bytes;

    /// <summary>The session.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal InferenceSession Session => graph.Session;

    public void Dispose()
    {
        graph.Dispose();
        GC.SuppressFinalize(this);
    }
}
