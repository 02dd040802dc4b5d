using System.Runtime.InteropServices;
using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>Random tensors that do not use TorchSharp's generator, on which training depends.</summary>
internal static class ExampleTensors
{
    private const int Horizon = 5;

    /// <summary>Numbers uniform in (0, 1), or bytes, for an input of a graph.</summary>
    /// <param name="input">Which input.</param>
    /// <param name="batch">How many rows.</param>
    /// <param name="random">The source of the values.</param>
    /// <param name="horizon">The steps, if the input has them as a free dimension.</param>
    public static Tensor For(TensorManifest input, int batch, SeededRandom random, int horizon = Horizon)
    {
        long[] shape = [batch, .. input.Shape.Select(size => size == TensorManifest.Horizon ? (long)horizon : size)];
        return input.Type switch
        {
            "float32" => Uniform(shape, random),
            "uint8" => Bytes(shape, random),
            _ => throw new NotSupportedException($"Input '{input.Name}' is {input.Type}; it must be float32 or uint8."),
        };
    }

    /// <summary>Numbers uniform in (0, 1), ends excluded.</summary>
    public static Tensor Uniform(long[] shape, SeededRandom random)
    {
        var result = empty(shape, ScalarType.Float32);
        foreach (ref var value in MemoryMarshal.Cast<byte, float>(result.bytes))
        {
            value = ((random.NextUInt64() >> 41) + 0.5f) / (1 << 23);
        }
        return result;
    }

    /// <summary>An action in every row: one-hot, or uniform within the bounds.</summary>
    public static Tensor Actions(int batch, ActionSpace space, SeededRandom random) =>
        space.IsDiscrete ? OneHot(batch, space.Size, random) : Bounded(batch, space, random);

    private static Tensor Bounded(int batch, ActionSpace space, SeededRandom random)
    {
        var result = Uniform([batch, space.Size], random);
        foreach (var (index, value) in MemoryMarshal.Cast<byte, float>(result.bytes).ToArray().Index())
        {
            var (low, high) = (space.Low[index % space.Size], space.High[index % space.Size]);
            MemoryMarshal.Cast<byte, float>(result.bytes)[index] = (float)(low + ((double)high - low) * value);
        }
        return result;
    }

    private static Tensor OneHot(int batch, int classes, SeededRandom random)
    {
        var result = zeros(batch, classes);
        var values = MemoryMarshal.Cast<byte, float>(result.bytes);
        for (var row = 0; row < batch; row++)
        {
            values[row * classes + random.Next(classes)] = 1;
        }
        return result;
    }

    private static Tensor Bytes(long[] shape, SeededRandom random)
    {
        var result = empty(shape, ScalarType.Byte);
        foreach (ref var value in result.bytes)
        {
            value = (byte)(random.NextUInt64() >> 56);
        }
        return result;
    }
}
