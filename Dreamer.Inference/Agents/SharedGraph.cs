using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>The reference-counted weights behind all handles on one graph.</summary>
internal sealed class SharedGraph
{
    private static readonly Dictionary<(string Sha256, AgentExecutionOptions Execution), SharedGraph> Shared = [];
    private static readonly Lock Gate = new();

    private readonly (string Sha256, AgentExecutionOptions Execution) _key;
    private int _references = 1;

    private SharedGraph((string Sha256, AgentExecutionOptions Execution) key, ReadOnlyMemory<byte> bytes, InferenceSession session, string? fallbackReason)
    {
        _key = key;
        Bytes = bytes;
        Session = session;
        FallbackReason = fallbackReason;
    }

    internal ReadOnlyMemory<byte> Bytes { get; }

    internal InferenceSession Session { get; }

    internal string? FallbackReason { get; }

    internal static SharedGraph Open(GraphManifest manifest, ReadOnlyMemory<byte> bytes, AgentExecutionOptions execution)
    {
        // Sessions are created under the lock, so that two callers never build the same weights twice.
        lock (Gate)
        {
            var key = (manifest.Sha256, execution);
            if (Shared.TryGetValue(key, out var open))
            {
                // Equal bytes may have another name, whose manifest differs.
                SessionFactory.RequireMatch(manifest, open.Session);
                open._references++;
                return open;
            }

            var array = MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();
            var (session, fallbackReason) = SessionFactory.Create(manifest, array, execution);
            var created = new SharedGraph(key, array, session, fallbackReason);
            Shared.Add(key, created);
            return created;
        }
    }

    /// <summary>The number of open handles on graphs with this hash, for tests.</summary>
    internal static int References(string sha256)
    {
        lock (Gate)
        {
            return Shared.Where(o => o.Key.Sha256 == sha256).Sum(o => o.Value._references);
        }
    }

    internal SharedGraph AddReference()
    {
        lock (Gate)
        {
            _references++;
            return this;
        }
    }

    internal void Release()
    {
        lock (Gate)
        {
            if (--_references > 0)
            {
                return;
            }
            Shared.Remove(_key);
        }
        Session.Dispose();
    }
}
