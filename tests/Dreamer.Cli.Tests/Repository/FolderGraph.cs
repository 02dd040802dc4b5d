using System.Reflection;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>Which folders of a project use which, read from its assembly.</summary>
/// <remarks>
/// A type belongs to the first folder below the project that its source file is in, nested folders included; files next to the project
/// file belong to a folder of their own, ".". Base types, signatures, fields, attributes and method bodies count. Documentation comments and
/// constants, which the compiler inlines, do not.
/// </remarks>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, SortedDictionary<string, SortedSet<string>>> _uses = new(StringComparer.Ordinal);

    /// <summary>Reads the folders of an assembly of this product.</summary>
    public static FolderGraph Read(string assembly)
    {
        var folders = SourceFolders.Read(Assembly.Load(assembly));
        return FromUses(
            from type in folders.Keys
            from used in TypeUses.Of(type)
            where folders.ContainsKey(used) && folders[used] != folders[type]
            select (folders[type], folders[used], $"{Outermost(type).Name} -> {Outermost(used).Name}"));
    }

    /// <summary>Makes a graph.</summary>
    public static FolderGraph FromUses(IEnumerable<(string From, string To, string Types)> uses)
    {
        var graph = new FolderGraph();
        foreach (var (from, to, types) in uses)
        {
            graph.Add(from, to, types);
        }
        return graph;
    }

    /// <summary>The types by which one folder uses another.</summary>
    public IReadOnlyCollection<string> Uses(string from, string to) =>
        _uses.TryGetValue(from, out var uses) && uses.TryGetValue(to, out var types) ? types : [];

    /// <summary>The uses between folders that reach each other, a line each with the types; empty without a circle.</summary>
    public IReadOnlyList<string> Circles() =>
    [
        .. from folder in _uses
           from use in folder.Value
           where Reaches(use.Key, folder.Key)
           orderby folder.Key, use.Key
           select $"{folder.Key} uses {use.Key}: {string.Join(", ", use.Value)}",
    ];

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private void Add(string from, string to, string types)
    {
        if (!_uses.TryGetValue(from, out var uses))
        {
            _uses[from] = uses = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        }
        if (!uses.TryGetValue(to, out var found))
        {
            uses[to] = found = new SortedSet<string>(StringComparer.Ordinal);
        }
        found.Add(types);
    }

    private bool Reaches(string from, string to)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal) { from }, new Stack<string>([from]));
        while (open.TryPop(out var folder))
        {
            if (folder == to)
            {
                return true;
            }
            foreach (var next in _uses.TryGetValue(folder, out var uses) ? (IEnumerable<string>)uses.Keys : [])
            {
                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }
        return false;
    }
}
