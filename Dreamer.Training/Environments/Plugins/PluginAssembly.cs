using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Dreamer.Training.Environments.Plugins;

/// <summary>Loads assemblies of environments.</summary>
internal static class PluginAssembly
{
    private static readonly ConcurrentDictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    /// <summary>Loads an assembly once per process; dependencies that this program does not have are loaded from its folder.</summary>
    /// <param name="path">The assembly's full path.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="ArgumentException">The file is not an assembly that can be loaded.</exception>
    public static Assembly Load(string path) => Loaded.GetOrAdd(path, static path =>
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no assembly '{path}'.", path);
        }
        try
        {
            return ContextOf(path).LoadFromAssemblyPath(path);
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or InvalidOperationException)
        {
            throw new ArgumentException($"'{path}' is not a .NET assembly that can be loaded: {e.Message}", nameof(path), e);
        }
    });

    /// <summary>The types of an assembly that can be loaded.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private static AssemblyLoadContext ContextOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var resolver = new AssemblyDependencyResolver(path);
        var context = new AssemblyLoadContext(Path.GetFileName(path));
        // Called only for assemblies that this program does not have: IEnvironment of a second copy of this library would be another type.
        context.Resolving += (_, name) =>
        {
            var found = resolver.ResolveAssemblyToPath(name) ?? Path.Combine(folder, $"{name.Name}.dll");
            return File.Exists(found) ? context.LoadFromAssemblyPath(found) : null;
        };
        context.ResolvingUnmanagedDll += (_, name) =>
            resolver.ResolveUnmanagedDllToPath(name) is { } found ? NativeLibrary.Load(found) : 0;
        return context;
    }
}
