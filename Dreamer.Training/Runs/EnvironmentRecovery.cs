using Dreamer.Training.Environments;

namespace Dreamer.Training.Runs;

/// <summary>Replaces environments that failed, as often as the options allow.</summary>
/// <param name="factory">Creates an environment from a seed; without it, none can be replaced.</param>
/// <param name="options">The run's options.</param>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class EnvironmentRecovery(Func<ulong, IEnvironment>? factory, DreamerOptions options)
{
    private readonly List<string> _notices = [];
    private int _count;

    /// <summary>A new environment in place of one that failed, or null if the failure ends the run.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="slot">The index of the environment.</param>
    /// <param name="episodes">The number of episodes that have started.</param>
    public IEnvironment? Restart(Exception failure, int slot, long episodes)
    {
        if (factory is null || _count >= options.EnvironmentRestarts)
        {
            return null;
        }
        _count++;
        _notices.Add($"{failure.Message} A new environment takes its place ({_count} of {options.EnvironmentRestarts} restarts); the episode is kept as truncated.");
        return factory(ExperienceCollector.EnvironmentSeed(options.Seed, episodes, slot));
    }

    /// <summary>The messages about replacements since the last call.</summary>
    public IReadOnlyList<string> TakeNotices()
    {
        string[] notices = [.. _notices];
        _notices.Clear();
        return notices;
    }
}
