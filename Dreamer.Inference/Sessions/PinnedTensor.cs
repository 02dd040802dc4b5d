using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>An array that does not move and the ONNX Runtime value over it: written in place, read in place.</summary>
internal sealed class PinnedTensor<T> : IDisposable
    where T : unmanaged
{
    internal PinnedTensor(params ReadOnlySpan<long> shape)
    {
        var size = 1L;
        foreach (var side in shape)
        {
            size *= side;
        }
        Array = GC.AllocateArray<T>((int)size, pinned: true);
        Value = OrtValue.CreateTensorValueFromMemory(Array, shape.ToArray());
    }

    internal T[] Array { get; }

    internal OrtValue Value { get; }

    public void Dispose() => Value.Dispose();
}
