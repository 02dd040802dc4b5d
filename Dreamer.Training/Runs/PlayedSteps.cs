using Dreamer.Inference.Episodes;

namespace Dreamer.Training.Runs;

/// <summary>The steps played in one go.</summary>
/// <param name="Ended">The episodes that ended, each with the environment steps of the run at its end.</param>
/// <param name="EnvironmentSteps">The environment steps of the run after it.</param>
/// <param name="DueUpdates">How many updates are due after it.</param>
/// <param name="Failure">What ends the run, or null.</param>
internal sealed record PlayedSteps(
    IReadOnlyList<(Episode Episode, long EnvironmentSteps)> Ended, long EnvironmentSteps, long DueUpdates, Exception? Failure);
