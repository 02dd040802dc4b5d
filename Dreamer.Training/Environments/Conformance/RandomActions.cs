using Dreamer.Training.Randomness;

namespace Dreamer.Training.Environments.Conformance;

/// <summary>Uniformly random actions of a space.</summary>
internal sealed class RandomActions(ActionSpace space, SeededRandom random)
{
    public float[] Next() => space.IsDiscrete
        ? OneHot.Create(random.Next(space.Size), space.Size)
        : [.. space.Low.Zip(space.High, (low, high) => low + (high - low) * (float)random.NextDouble())];
}
