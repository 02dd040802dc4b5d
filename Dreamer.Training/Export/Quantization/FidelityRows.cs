using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Randomness;

namespace Dreamer.Training.Export.Quantization;

/// <summary>The observations for the comparison of two agents: from parallel environments, or random without them.</summary>
internal sealed class FidelityRows
{
    // One in fifty random observations begins an episode.
    private const double ResetShare = 0.02;

    private readonly IReadOnlyList<IEnvironment> _environments;
    private readonly EnvironmentStep?[] _steps;
    private readonly SeededRandom _random;

    public FidelityRows(Func<ulong, IEnvironment>? factory, int count, ulong seed)
    {
        _environments = factory is null ? [] : [.. Enumerable.Range(0, count).Select(row => factory(Seeds.Derive(seed, "fidelity", row)))];
        _steps = new EnvironmentStep?[count];
        _random = new SeededRandom(seed);
    }

    /// <summary>Reads the next row of each.</summary>
    /// <param name="image">Receives the images, row after row.</param>
    /// <param name="vector">Receives the vectors, row after row.</param>
    /// <param name="actions">The actions picked in the previous rows; set to zeros where an episode begins.</param>
    /// <param name="isFirst">Receives 1 where an episode begins.</param>
    public void Next(Span<byte> image, Span<float> vector, Span<float> actions, Span<float> isFirst)
    {
        var count = _steps.Length;
        var (pixels, numbers, size) = (image.Length / count, vector.Length / count, actions.Length / count);
        for (var row = 0; row < count; row++)
        {
            var seen = image.Slice(row * pixels, pixels);
            var measured = vector.Slice(row * numbers, numbers);
            var action = actions.Slice(row * size, size);
            if (_environments.Count == 0)
            {
                isFirst[row] = _random.NextUInt64() < ResetShare * ulong.MaxValue ? 1 : 0;
                FillRandom(seen, measured);
            }
            else
            {
                var step = _steps[row] is { IsLast: false } ? _environments[row].Step(action.ToArray()) : _environments[row].Reset();
                _steps[row] = step;
                isFirst[row] = step.IsFirst ? 1 : 0;
                step.Image.AsSpan().CopyTo(seen);
                step.Vector.AsSpan().CopyTo(measured);
            }
            if (isFirst[row] > 0)
            {
                action.Clear();
            }
        }
    }

    private void FillRandom(Span<byte> image, Span<float> vector)
    {
        foreach (ref var pixel in image)
        {
            pixel = (byte)_random.Next(byte.MaxValue + 1);
        }
        foreach (ref var number in vector)
        {
            number = _random.Next(1 << 20) / (float)(1 << 20);
        }
    }
}
