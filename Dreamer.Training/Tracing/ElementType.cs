using Dreamer.Training.Tracing.Protobuf;
using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

/// <summary>The element types of graphs, with ONNX's numbers.</summary>
internal static class ElementType
{
    public const long Float32 = (long)TensorProto.Types.DataType.Float;
    public const long UInt8 = (long)TensorProto.Types.DataType.Uint8;
    public const long Int64 = (long)TensorProto.Types.DataType.Int64;

    /// <summary>ONNX's number of a tensor's element type.</summary>
    /// <exception cref="NotSupportedException">The type is not supported in graphs.</exception>
    public static int FromTensor(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => (int)Float32,
        ScalarType.Byte => (int)UInt8,
        ScalarType.Int64 => (int)Int64,
        _ => throw new NotSupportedException(
            $"A graph cannot hold a tensor of {tensor.dtype}; it must be Float32, Byte or Int64."),
    };
}
