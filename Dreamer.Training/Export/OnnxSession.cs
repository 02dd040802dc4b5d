using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>Runs an ONNX model on TorchSharp's tensors, for comparisons: on the CPU, with one thread.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    /// <summary>Opens a model.</summary>
    public OnnxSession(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(model, options);
    }

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">Its inputs by name: float32 or uint8.</param>
    /// <returns>Its outputs by name, on the CPU.</returns>
    public Dictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var names = _session.InputMetadata.Keys.ToArray();
        var values = new List<OrtValue>(names.Length);
        try
        {
            foreach (var name in names)
            {
                values.Add(ToOrtValue(inputs[name]));
            }
            using var outputs = _session.Run(_run, names, values, _session.OutputNames);
            return _session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => ToTensor(pair.Second));
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static OrtValue ToOrtValue(Tensor tensor)
    {
        using var onCpu = tensor.cpu();
        using var values = onCpu.contiguous();
        return tensor.dtype == ScalarType.Byte
            ? OrtValue.CreateTensorValueFromMemory(values.bytes.ToArray(), values.shape)
            : OrtValue.CreateTensorValueFromMemory(MemoryMarshal.Cast<byte, float>(values.bytes).ToArray(), values.shape);
    }

    private static Tensor ToTensor(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        var isBytes = info.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.UInt8;
        var tensor = empty(info.Shape, isBytes ? ScalarType.Byte : ScalarType.Float32);
        if (isBytes)
        {
            value.GetTensorDataAsSpan<byte>().CopyTo(tensor.bytes);
        }
        else
        {
            MemoryMarshal.AsBytes(value.GetTensorDataAsSpan<float>()).CopyTo(tensor.bytes);
        }
        return tensor;
    }
}
