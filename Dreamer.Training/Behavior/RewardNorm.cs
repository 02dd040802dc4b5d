using Dreamer.Training.Checkpoints;
using Dreamer.Training.Tracing;

namespace Dreamer.Training.Behavior;

/// <summary>Divides rewards by a running mean of their magnitudes, which starts at 1 (danijar/dreamerv2, other.py, StreamNorm).</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="options">Momentum, scale and epsilon; with a momentum of 1 the mean never changes, and rewards are only scaled.</param>
internal sealed class RewardNorm(RewardNormOptions options)
{
    private const string Entry = "reward_norm_magnitude";

    /// <summary>The running mean of the rewards' magnitudes.</summary>
    public double Magnitude { get; private set; } = 1;

    /// <summary>The current factor of rewards.</summary>
    // In single precision 1 + 1e-8 is 1, so the defaults change nothing.
    public float Factor => (float)(options.Scale / (Magnitude + options.Epsilon));

    /// <summary>Adds a batch of rewards to the mean, and normalizes it.</summary>
    /// <param name="rewards">Rewards in any shape; gradients pass through them, but not through their mean.</param>
    public Traced Apply(Traced rewards)
    {
        if (options.Momentum < 1)
        {
            using var size = rewards.Value.detach().abs().mean();
            Magnitude = options.Momentum * Magnitude + (1 - options.Momentum) * size.item<float>();
        }
        return Factor == 1 ? rewards : rewards * (double)Factor;
    }

    public void Save(Checkpoint checkpoint) => checkpoint.Add(Entry, BitConverter.DoubleToInt64Bits(Magnitude));

    public void Load(Checkpoint checkpoint) => Magnitude = BitConverter.Int64BitsToDouble(checkpoint.GetInt64(Entry));
}
