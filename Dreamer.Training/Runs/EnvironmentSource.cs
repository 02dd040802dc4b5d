using Dreamer.Training.Environments;

namespace Dreamer.Training.Runs;

/// <summary>Where the environments of a run come from.</summary>
public static class EnvironmentSource
{
    /// <summary>What creates a run's environments: the registry, or the assembly that the options name.</summary>
    /// <param name="options">The run's options.</param>
    /// <returns>Creates an environment from a seed.</returns>
    /// <exception cref="ArgumentException">There is no such environment; the message lists those that are there.</exception>
    /// <exception cref="FileNotFoundException">There is no such assembly.</exception>
    public static Func<ulong, IEnvironment> Find(DreamerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.EnvironmentAssembly is null
            ? EnvironmentRegistry.Default.Find(options.Environment)
            : EnvironmentPlugin.Load(options.EnvironmentAssembly, options.EnvironmentType).Create;
    }
}
