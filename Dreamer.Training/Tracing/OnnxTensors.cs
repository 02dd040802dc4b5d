using Dreamer.Training.Tracing.Protobuf;
using Google.Protobuf;
using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

/// <summary>Converts tensors to ONNX's descriptions and data.</summary>
internal static class OnnxTensors
{
    /// <summary>A tensor with its values.</summary>
    /// <exception cref="NotSupportedException">The element type is not supported in graphs.</exception>
    public static TensorProto ToProto(string name, Tensor tensor)
    {
        using var detached = tensor.detach();
        using var onCpu = detached.cpu();
        using var values = onCpu.contiguous();
        var proto = new TensorProto { Name = name, DataType = ElementType.FromTensor(values), RawData = ByteString.CopyFrom(values.bytes) };
        proto.Dims.Add(values.shape);
        return proto;
    }

    /// <summary>A tensor's name, element type and shape.</summary>
    /// <inheritdoc cref="ToProto" path="/exception"/>
    public static ValueInfoProto Describe(string name, Tensor tensor)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(tensor.shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = ElementType.FromTensor(tensor), Shape = shape } },
        };
    }
}
