using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>Memory that stays where it is and the ONNX Runtime value over it: written in place, read in place.</summary>
internal sealed class PinnedTensor<T> : IDisposable
    where T : unmanaged
{
    private readonly Memory<T> _memory;

    internal PinnedTensor(params ReadOnlySpan<long> shape)
    {
        var size = 1L;
        foreach (var side in shape)
        {
            size *= side;
        }
        _memory = TensorMemory.Allocate<T>(checked((int)size));
        Value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _memory, shape.ToArray());
    }

    internal Span<T> Span => _memory.Span;

    internal OrtValue Value { get; }

    public void Dispose() => Value.Dispose();
}
