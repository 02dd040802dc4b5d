using Dreamer.Training.Environments;
using Dreamer.Training.Randomness;

namespace Dreamer.Training.Tests.Environments;

/// <summary>What a policy earns that picks any action with the same probability.</summary>
internal static class RandomPlay
{
    public static double MeanReturn(IEnvironment environment, int episodes)
    {
        var (space, random, total) = (environment.ActionSpace, new SeededRandom(7), 0.0);
        for (var episode = 0; episode < episodes; episode++)
        {
            for (var step = environment.Reset(); !step.IsLast; total += step.Reward)
            {
                step = environment.Step(space.IsDiscrete
                    ? OneHot.Create(random.Next(space.Size), space.Size)
                    : [.. space.Low.Zip(space.High, (low, high) => low + ((high - low) * (float)random.NextDouble()))]);
            }
        }
        return total / episodes;
    }
}
