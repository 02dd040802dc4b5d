using Dreamer.Training.Native;
using static TorchSharp.torch;

namespace Dreamer.Training.Randomness;

/// <summary>Uniform numbers in (0, 1) as tensors: what the networks sample with in training.</summary>
/// <remarks>
/// Reseeded for every update, so that what an update draws does not depend on what was drawn before it. Drawn on the CPU, then
/// moved: a seed means the same on every device. Not thread-safe.
/// </remarks>
public sealed class UniformNoise : IDisposable
{
    // Single-precision uniforms are multiples of 2^-24; a zero, whose logarithm is infinite, becomes half a step.
    private const float Smallest = 1f / (1 << 25);

    private readonly Generator _generator;
    private readonly Device _device;

    static UniformNoise() => TorchRuntime.EnsureLoaded();

    /// <summary>Creates a source of noise.</summary>
    /// <param name="seed">Determines the numbers.</param>
    /// <param name="device">Where the tensors are wanted; the CPU by default.</param>
    public UniformNoise(ulong seed, Device? device = null) => (_generator, _device) = (new Generator(seed, CPU), device ?? CPU);

    /// <summary>Starts over with another seed.</summary>
    /// <param name="seed">Determines the numbers from here on.</param>
    public void Reseed(ulong seed) => _generator.manual_seed(unchecked((long)seed));

    /// <summary>Draws a tensor of numbers strictly between 0 and 1.</summary>
    /// <param name="shape">Its shape.</param>
    public Tensor Draw(params long[] shape)
    {
        using var scope = NewDisposeScope();
        return rand(shape, ScalarType.Float32, CPU, generator: _generator).clamp_min_(Scalars.Of(Smallest)).to(_device).MoveToOuterDisposeScope();
    }

    /// <summary>Draws a number from 0 to <paramref name="count"/> - 1, on the CPU.</summary>
    /// <param name="count">How many numbers there are to draw from, at least 1. Of 1 nothing is drawn.</param>
    public int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count == 1)
        {
            return 0;
        }
        using var drawn = randint(0, count, [1], ScalarType.Int64, CPU, generator: _generator);
        return (int)drawn.item<long>();
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();
}
