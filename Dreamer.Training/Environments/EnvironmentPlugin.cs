using System.Reflection;
using Dreamer.Training.Environments.Plugins;

namespace Dreamer.Training.Environments;

/// <summary>An environment from another assembly: a class that implements <see cref="IEnvironment"/>.</summary>
/// <remarks>
/// The class needs a public constructor that takes the seed, a single <see cref="ulong"/>, or nothing. Its assembly is loaded into a context
/// that shares this program's assemblies and finds others in the assembly's folder and its <c>.deps.json</c>. The code runs
/// with all rights of this process: load only assemblies that you trust. Immutable and thread-safe.
/// </remarks>
public sealed class EnvironmentPlugin
{
    private readonly ConstructorInfo _constructor;

    private EnvironmentPlugin(string assemblyPath, ConstructorInfo constructor) => (AssemblyPath, _constructor) = (assemblyPath, constructor);

    /// <summary>The full path of the assembly.</summary>
    public string AssemblyPath { get; }

    /// <summary>The full name of the class.</summary>
    public string TypeName => _constructor.DeclaringType!.FullName!;

    /// <summary>Finds an environment in an assembly.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    /// <param name="type">The full name of the class; null if there is only one.</param>
    /// <exception cref="FileNotFoundException">The assembly or one of its dependencies is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The file is not an assembly, the class is missing, or it is not an environment that can be created; the message lists the valid ones.
    /// </exception>
    public static EnvironmentPlugin Load(string assembly, string? type = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(assembly);
        var path = Path.GetFullPath(assembly);
        var loaded = PluginAssembly.Load(path);
        return new EnvironmentPlugin(path, type is null ? OnlyOne(loaded, path) : Named(loaded, path, type));
    }

    /// <summary>Creates an environment.</summary>
    /// <param name="seed">The seed, if its constructor takes one.</param>
    /// <exception cref="InvalidEnvironmentException">The constructor failed.</exception>
    public IEnvironment Create(ulong seed)
    {
        try
        {
            return (IEnvironment)_constructor.Invoke(_constructor.GetParameters().Length == 0 ? [] : [seed]);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } cause)
        {
            throw new InvalidEnvironmentException($"The constructor of '{TypeName}' failed: {cause.Message}", cause);
        }
    }

    private static ConstructorInfo OnlyOne(Assembly assembly, string path) => Candidates(assembly) is [var only] ? ConstructorOf(only)!
        : throw new ArgumentException($"'{path}' does not have exactly one environment: name its type. {ListOf(assembly)}", nameof(path));

    private static ConstructorInfo Named(Assembly assembly, string path, string name)
    {
        var type = assembly.GetType(name) ?? throw new ArgumentException($"There is no type '{name}' in '{path}'. {ListOf(assembly)}", nameof(name));
        return !type.IsAssignableTo(typeof(IEnvironment))
                ? throw new ArgumentException($"'{name}' does not implement {typeof(IEnvironment).FullName}. {ListOf(assembly)}", nameof(name))
            : type.IsAbstract || type.ContainsGenericParameters
                ? throw new ArgumentException($"'{name}' cannot be created: it is abstract or generic. {ListOf(assembly)}", nameof(name))
            : ConstructorOf(type) ?? throw new ArgumentException(
                $"'{name}' cannot be created: it needs a public constructor that takes a seed (ulong) or nothing.", nameof(name));
    }

    private static Type[] Candidates(Assembly assembly) =>
    [
        .. PluginAssembly.TypesOf(assembly)
            .Where(type => type.IsVisible && type.IsAssignableTo(typeof(IEnvironment)) && !type.IsAbstract && !type.ContainsGenericParameters)
            .Where(type => ConstructorOf(type) is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    private static string ListOf(Assembly assembly)
    {
        var names = string.Join(", ", Candidates(assembly).Select(type => type.FullName));
        return names.Length > 0 ? $"Its environments are: {names}."
            : "It has no environment: no public class that implements IEnvironment and has a constructor that takes a seed (ulong) or nothing.";
    }

    private static ConstructorInfo? ConstructorOf(Type type) => type.GetConstructor([typeof(ulong)]) ?? type.GetConstructor([]);
}
