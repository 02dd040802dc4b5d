using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>A handle on one graph of an agent: its bytes and its ONNX Runtime session.</summary>
/// <remarks>
/// Weights with the same SHA-256 and execution options share one session per process, which is freed with its last handle. Thread-safe; the receiver of a
/// handle disposes it. A handle that is never disposed (ML.NET disposes few pipelines) is released by its finalizer.
/// </remarks>
public sealed class AgentGraph : IDisposable
{
    private const int Disposed = int.MinValue;

    private readonly SharedGraph _shared;

    // The number of running uses; negative once the handle was disposed.
    private int _uses;

    /// <summary>Releases a handle that was never disposed.</summary>
#pragma warning disable MA0055 // Releasing handles that nobody disposed is the purpose of this finalizer.
    ~AgentGraph() => Release();
#pragma warning restore MA0055

    private AgentGraph(GraphManifest manifest, SharedGraph shared)
    {
        Manifest = manifest;
        _shared = shared;
    }

    /// <summary>The graph's manifest.</summary>
    public GraphManifest Manifest { get; }

    /// <summary>The graph's file.</summary>
    public ReadOnlyMemory<byte> Bytes => _shared.Bytes;

    /// <summary>Why it runs on the CPU although a GPU was requested (<see cref="AgentExecutionOptions.FallbackToCpu"/>); null if it runs on the requested device.</summary>
    public string? FallbackReason => _shared.FallbackReason;

    /// <summary>The session that runs it; its <c>Run</c> may be called from several threads. Do not dispose it, nor the handle while it runs.</summary>
    /// <exception cref="ObjectDisposedException">The handle was disposed.</exception>
    public InferenceSession Session
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _uses) < 0, this);
            return _shared.Session;
        }
    }

    /// <summary>Another handle on the same weights, with its own lifetime.</summary>
    /// <exception cref="ObjectDisposedException">The handle was disposed.</exception>
    public AgentGraph Share()
    {
        using var use = Begin();
        return new AgentGraph(Manifest, _shared.AddReference());
    }

    /// <summary>Releases the handle; the weights are freed with the last one, and not before a run that goes on elsewhere has ended.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs it once.</summary>
    /// <exception cref="InvalidAgentException">It cannot be computed on these inputs.</exception>
    internal IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions run, IReadOnlyCollection<string> inputs, IReadOnlyCollection<OrtValue> values, IReadOnlyCollection<string> outputs)
    {
        using var use = Begin();
        try
        {
            return _shared.Session.Run(run, inputs, values, outputs);
        }
        catch (OnnxRuntimeException e)
        {
            throw Failed(e);
        }
    }

    /// <summary>The error for a graph that opens but does not run, for example because the shapes of two nodes do not fit.</summary>
    internal InvalidAgentException Failed(OnnxRuntimeException e) => new($"Graph '{Manifest.Name}' cannot be run: {e.Message}", e);

    /// <summary>Keeps the weights until the result is disposed, even if another thread disposes the handle meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The handle was disposed.</exception>
    internal Use Begin()
    {
        var uses = Volatile.Read(ref _uses);
        while (true)
        {
            ObjectDisposedException.ThrowIf(uses < 0, this);
            var before = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (before == uses)
            {
                return new Use(this);
            }
            uses = before;
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _uses) == Disposed)
        {
            _shared.Release();
        }
    }

    private void Release()
    {
        if (Interlocked.Or(ref _uses, Disposed) == 0)
        {
            _shared?.Release();
        }
    }

    /// <summary>Opens a graph whose bytes were checked against its manifest.</summary>
    internal static AgentGraph Open(GraphManifest manifest, ReadOnlyMemory<byte> bytes, AgentExecutionOptions execution) =>
        new(manifest, SharedGraph.Open(manifest, bytes, execution));

    /// <summary>A use of the weights.</summary>
    internal readonly ref struct Use(AgentGraph graph)
    {
        /// <summary>The session that runs the graph.</summary>
        internal InferenceSession Session => graph._shared.Session;

        public void Dispose() => graph.End();
    }
}
