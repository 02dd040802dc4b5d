using System.Runtime.InteropServices;
using Dreamer.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Randomness;

/// <summary>Uniform numbers in (0, 1) as tensors, the noise of the networks in training.</summary>
/// <remarks>
/// Reseeded for every update, so that updates are independent of each other. Drawn on the CPU, then
/// moved, so that a seed means the same on every device. Not thread-safe.
/// </remarks>
internal sealed class UniformNoise
{
    private readonly Device _device;
    private UniformStream _numbers;
    private SeededRandom _integers;

    static UniformNoise() => TorchRuntime.EnsureLoaded();

    /// <summary>Creates a source of noise.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="device">The device of the tensors; the CPU by default.</param>
    public UniformNoise(ulong seed, Device? device = null) =>
        (_numbers, _integers, _device) = (new UniformStream(seed), new SeededRandom(seed), device ?? CPU);

    /// <summary>Restarts with another seed.</summary>
    /// <param name="seed">The new seed.</param>
    public void Reseed(ulong seed) => (_numbers, _integers) = (new UniformStream(seed), new SeededRandom(seed));

    /// <summary>Draws a tensor of numbers strictly between 0 and 1: multiples of 2^-24, and 2^-25 instead of 0.</summary>
    /// <param name="shape">Its shape.</param>
    public Tensor Draw(params long[] shape)
    {
        var drawn = empty(shape, ScalarType.Float32, CPU);
        _numbers.Fill(MemoryMarshal.Cast<byte, float>(drawn.bytes));
        if (_device.type == DeviceType.CPU)
        {
            return drawn;
        }
        using (drawn)
        {
            return drawn.to(_device);
        }
    }

    /// <summary>Draws a number from 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="count">The number of values, at least 1. With 1 the generator does not advance.</param>
    public int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count == 1 ? 0 : _integers.Next(count);
    }
}
