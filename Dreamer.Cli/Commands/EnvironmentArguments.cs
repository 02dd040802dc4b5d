using System.CommandLine;
using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Runs;

namespace Dreamer.Cli.Commands;

/// <summary>Which environment: one of the registry by its name, or a class of the user's own assembly.</summary>
internal sealed class EnvironmentArguments
{
    private readonly Option<string?> _name;

    private readonly Option<string?> _assembly = new("--env-assembly")
    {
        Description = "An assembly (.dll) with an environment of your own, a class that implements IEnvironment. Its code runs here: load what you trust.",
    };

    private readonly Option<string?> _type = new("--env-type")
    {
        Description = "The full name of that class; not needed where there is one only.",
    };

    /// <param name="otherwise">Which one it is where none is named.</param>
    internal EnvironmentArguments(string otherwise) => _name = new("--env")
    {
        Description = $"The environment; by default {otherwise}. Known: {string.Join(", ", EnvironmentRegistry.Default.Names)}.",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(_name);
        AddPluginTo(command);
    }

    /// <summary>Without <c>--env</c>, for a command that takes the name as its argument.</summary>
    internal void AddPluginTo(Command command)
    {
        command.Options.Add(_assembly);
        command.Options.Add(_type);
    }

    /// <summary>Options of which those that say what the environment is are what was named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">What they are where nothing was named.</param>
    /// <exception cref="ArgumentException">What was named cannot be together, or is not there.</exception>
    internal DreamerOptions Choose(ParseResult parsed, DreamerOptions options) => Choose(parsed, parsed.GetValue(_name), options);

    /// <inheritdoc cref="Choose(ParseResult, DreamerOptions)"/>
    internal DreamerOptions Choose(ParseResult parsed, string? name, DreamerOptions options)
    {
        var (assembly, type) = (parsed.GetValue(_assembly), parsed.GetValue(_type));
        if (assembly is null)
        {
            return type is not null ? throw new ArgumentException($"--env-type '{type}' needs the --env-assembly that it is in.", nameof(parsed))
                : name is null ? options
                : options with { Environment = name, EnvironmentAssembly = null, EnvironmentType = null };
        }
        if (name is not null)
        {
            throw new ArgumentException($"The environment is either '{name}' or one of '{assembly}', not both.", nameof(parsed));
        }
        var plugin = EnvironmentPlugin.Load(assembly, type);
        return options with { Environment = plugin.TypeName, EnvironmentAssembly = plugin.AssemblyPath, EnvironmentType = plugin.TypeName };
    }

    /// <summary>The environment that was named, or else the one that an agent was trained in.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="seed">The environment's seed.</param>
    /// <param name="run">The run that the agent is of, where it is of one.</param>
    /// <exception cref="ArgumentException">There is no such environment.</exception>
    internal IEnvironment Create(ParseResult parsed, DreamerAgent agent, ulong seed, DreamerOptions? run = null)
    {
        var trainedIn = run ?? new DreamerOptions { Environment = agent.Manifest.Provenance.Environment };
        var options = Choose(parsed, trainedIn);
        return options == trainedIn && run is null && !EnvironmentRegistry.Default.Names.Contains(options.Environment, StringComparer.OrdinalIgnoreCase)
            ? throw new ArgumentException($"The agent was trained in '{options.Environment}', which does not come with this program: name its --env-assembly.", nameof(parsed))
            : EnvironmentSource.Find(options)(seed);
    }
}
