using Dreamer.Training.Checkpoints;
using Dreamer.Training.Tracing;

namespace Dreamer.Training.Behavior;

/// <summary>Divides rewards by a running mean of their sizes, which starts at 1 (danijar/dreamerv2, other.py, StreamNorm).</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="options">Momentum, scale and epsilon; a momentum of 1 never changes the mean, and rewards pass as they are but for the scale.</param>
internal sealed class RewardNorm(RewardNormOptions options)
{
    private const string Entry = "reward_norm_magnitude";

    /// <summary>The running mean of the rewards' sizes.</summary>
    public double Magnitude { get; private set; } = 1;

    /// <summary>What rewards are multiplied by now.</summary>
    // 1e-8 is less than a float can add to 1: nothing to do is nothing done.
    public float Factor => (float)(options.Scale / (Magnitude + options.Epsilon));

    /// <summary>Takes in a batch of rewards, and normalizes it.</summary>
    /// <param name="rewards">Rewards in any shape; a gradient passes through them, none through their size.</param>
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
