using Dreamer.Training.Environments;

namespace Dreamer.Training.Runs;

/// <summary>Finds the environments of a run.</summary>
public static class EnvironmentSource
{
    /// <summary>Finds the factory of a run's environments: from the registry, or from the assembly that the options name.</summary>
    /// <param name="options">The run's options.</param>
    /// <returns>Creates an environment from a seed.</returns>
    /// <exception cref="ArgumentException">The environment is unknown; the message lists the valid ones.</exception>
    /// <exception cref="FileNotFoundException">The assembly does not exist.</exception>
    public static Func<ulong, IEnvironment> Find(DreamerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.EnvironmentAssembly is null
            ? EnvironmentRegistry.Default.Find(options.Environment)
            : EnvironmentPlugin.Load(options.EnvironmentAssembly, options.EnvironmentType).Create;
    }
}
