using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>The folder of each type's source file, from the portable PDB next to the assembly.</summary>
internal static class SourceFolders
{
    // The kind of the records that name the source files of types without method bodies.
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>The folder of each type; types that only generated code declares are not in it.</summary>
    public static IReadOnlyDictionary<Type, string> Read(Assembly assembly)
    {
        using var file = File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
        var symbols = provider.GetMetadataReader();
        var folders = new Dictionary<Type, string>();
        foreach (var type in assembly.GetTypes().Where(type => type.DeclaringType is null))
        {
            if (Documents(symbols, type).Select(path => FolderOf(path, assembly.GetName().Name!)).OfType<string>().FirstOrDefault() is { } folder)
            {
                Add(folders, type, folder);
            }
        }
        return folders;
    }

    private static void Add(Dictionary<Type, string> folders, Type type, string folder)
    {
        folders[type] = folder;
        foreach (var nested in type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
        {
            Add(folders, nested, folder);
        }
    }

    private static IEnumerable<string> Documents(MetadataReader symbols, Type type)
    {
        foreach (var record in symbols.GetCustomDebugInformation(MetadataTokens.EntityHandle(type.MetadataToken)).Select(symbols.GetCustomDebugInformation))
        {
            if (symbols.GetGuid(record.Kind) == TypeDefinitionDocuments)
            {
                for (var blob = symbols.GetBlobReader(record.Value); blob.RemainingBytes > 0;)
                {
                    yield return Name(symbols, MetadataTokens.DocumentHandle(blob.ReadCompressedInteger()));
                }
            }
        }
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMembers(All).OfType<MethodBase>().Concat(type.GetNestedTypes(All).SelectMany(nested => nested.GetMembers(All).OfType<MethodBase>())))
        {
            var row = MetadataTokens.GetRowNumber(MetadataTokens.EntityHandle(method.MetadataToken));
            var document = symbols.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row)).Document;
            if (!document.IsNil)
            {
                yield return Name(symbols, document);
            }
        }
    }

    private static string Name(MetadataReader symbols, DocumentHandle document) => symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');

    private static string? FolderOf(string path, string assembly)
    {
        var project = assembly == "dreamer" ? "Dreamer.Cli" : assembly;
        if (path.LastIndexOf($"/{project}/", StringComparison.Ordinal) is not (>= 0 and var at) || path.Contains("/obj/", StringComparison.Ordinal))
        {
            return null;
        }
        var parts = path[(at + project.Length + 2)..].Split('/');
        return parts.Length == 1 ? "." : parts[0];
    }
}
