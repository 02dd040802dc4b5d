using System.Runtime.InteropServices;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using Google.Protobuf;

namespace Dreamer.Training.Export.Quantization;

/// <summary>The tensors of a dense layer with int8 weights.</summary>
internal static class Int8Weights
{
    private const float ColumnSteps = 127;

    /// <summary>Quantizes a weight.</summary>
    /// <param name="weight">[outputs, inputs], single precision.</param>
    /// <returns>[inputs, outputs] of int8, under the weight's name, and [outputs] of single precision: the scale of each column.</returns>
    public static (TensorProto Quantized, TensorProto Scale) Quantize(TensorProto weight)
    {
        var (outputs, inputs) = ((int)weight.Dims[0], (int)weight.Dims[1]);
        var values = MemoryMarshal.Cast<byte, float>(weight.RawData.Span);
        var quantized = new sbyte[values.Length];
        var scales = new float[outputs];
        for (var output = 0; output < outputs; output++)
        {
            var row = values.Slice(output * inputs, inputs);
            var largest = 0f;
            foreach (var value in row)
            {
                largest = MathF.Max(largest, MathF.Abs(value));
            }
            // A column of zeros has any scale.
            var scale = largest > 0 ? largest / ColumnSteps : 1;
            scales[output] = scale;
            for (var input = 0; input < inputs; input++)
            {
                quantized[input * outputs + output] = (sbyte)Math.Clamp(MathF.Round(row[input] / scale), -ColumnSteps, ColumnSteps);
            }
        }
        return (
            Tensor(weight.Name, (long)TensorProto.Types.DataType.Int8, [inputs, outputs], MemoryMarshal.AsBytes<sbyte>(quantized)),
            Tensor($"const_scale_{weight.Name}", ElementType.Float32, [outputs], MemoryMarshal.AsBytes<float>(scales)));
    }

    /// <summary>A number.</summary>
    public static TensorProto Single(string name, float value) => Tensor(name, ElementType.Float32, [], MemoryMarshal.AsBytes<float>([value]));

    /// <summary>A byte.</summary>
    public static TensorProto Byte(string name, byte value) => Tensor(name, ElementType.UInt8, [], [value]);

    private static TensorProto Tensor(string name, long type, long[] shape, ReadOnlySpan<byte> values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(values) };
        tensor.Dims.Add(shape);
        return tensor;
    }
}
