using System.CommandLine;
using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Runs;

namespace Dreamer.Cli.Commands;

/// <summary>The options that select an environment: a built-in one by name, or a class from the user's assembly.</summary>
internal sealed class EnvironmentArguments
{
    private readonly Option<string?> _name;

    private readonly Option<string?> _assembly = new("--env-assembly")
    {
        Description = "An assembly (.dll) with your own environment, a class that implements IEnvironment. Its code runs in this process; only load assemblies you trust.",
    };

    private readonly Option<string?> _type = new("--env-type")
    {
        Description = "The full name of that class; optional if the assembly has only one.",
    };

    /// <param name="defaultName">What the help text calls the default.</param>
    internal EnvironmentArguments(string defaultName) => _name = new("--env")
    {
        Description = $"The environment; by default {defaultName}. Built in: {string.Join(", ", EnvironmentRegistry.Default.Names)}.",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(_name);
        AddPluginTo(command);
    }

    /// <summary>Adds all but <c>--env</c>, for a command that takes the name as an argument.</summary>
    internal void AddPluginTo(Command command)
    {
        command.Options.Add(_assembly);
        command.Options.Add(_type);
    }

    /// <summary>Applies the environment named on the command line to some options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options to start from, returned unchanged if the command line names no environment.</param>
    /// <exception cref="ArgumentException">The names contradict each other, or there is no such environment.</exception>
    internal DreamerOptions Choose(ParseResult parsed, DreamerOptions options) => Choose(parsed, parsed.GetValue(_name), options);

    /// <inheritdoc cref="Choose(ParseResult, DreamerOptions)"/>
    internal DreamerOptions Choose(ParseResult parsed, string? name, DreamerOptions options)
    {
        var (assembly, type) = (parsed.GetValue(_assembly), parsed.GetValue(_type));
        if (assembly is null)
        {
            return type is not null ? throw new ArgumentException($"--env-type is '{type}'; it needs --env-assembly, the assembly with that class.", nameof(parsed))
                : name is null ? options
                : options with { Environment = name, EnvironmentAssembly = null, EnvironmentType = null };
        }
        if (name is not null)
        {
            throw new ArgumentException($"Both --env '{name}' and --env-assembly '{assembly}' are given; only one is allowed.", nameof(parsed));
        }
        // A run whose assembly was moved keeps its class.
        var plugin = EnvironmentPlugin.Load(assembly, type ?? (options.EnvironmentAssembly is null ? null : options.EnvironmentType));
        return options with { Environment = plugin.TypeName, EnvironmentAssembly = plugin.AssemblyPath, EnvironmentType = plugin.TypeName };
    }

    /// <summary>Creates the environment named on the command line, or the one the agent was trained in.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="seed">The environment's seed.</param>
    /// <param name="run">The options of the agent's run, or null if it was loaded from an agent folder.</param>
    /// <exception cref="ArgumentException">There is no such environment.</exception>
    internal IEnvironment Create(ParseResult parsed, DreamerAgent agent, ulong seed, DreamerOptions? run = null)
    {
        var trainedIn = run ?? new DreamerOptions { Environment = agent.Manifest.Provenance.Environment };
        var options = Choose(parsed, trainedIn);
        return options == trainedIn && run is null && !EnvironmentRegistry.Default.Names.Contains(options.Environment, StringComparer.OrdinalIgnoreCase)
            ? throw new ArgumentException($"The agent was trained in '{options.Environment}', which is not built in: name its --env-assembly.", nameof(parsed))
            : EnvironmentSource.Find(options)(seed);
    }
}
