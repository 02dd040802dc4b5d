using System.Buffers;
using Dreamer.Inference;

namespace Dreamer.Serving.Tests;

/// <summary>Memory that its owner takes back under way.</summary>
internal sealed class GoneMemory : MemoryManager<byte>
{
    private readonly byte[] _bytes = new byte[50];

    internal bool IsGone { get; set; }

    public override Memory<byte> Memory => CreateMemory(_bytes.Length);

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(IsGone, this);
        return _bytes;
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
