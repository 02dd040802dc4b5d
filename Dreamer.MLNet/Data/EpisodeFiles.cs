using Dreamer.Inference.Episodes;
using Dreamer.MLNet.Data.Parquet;

namespace Dreamer.MLNet;

/// <summary>Finds episode files.</summary>
internal static class EpisodeFiles
{
    private const string AnyDepth = "**";
    private static readonly string[] Endings = ["*.npz", "*" + ParquetEpisodes.Ending];
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>The files that paths, folders and patterns name, in the order of the arguments; the files of one argument are sorted by path.</summary>
    /// <exception cref="FileNotFoundException">One of them names no file.</exception>
    /// <exception cref="InvalidEpisodeException">Two files hold episodes of the same id.</exception>
    internal static string[] Find(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            throw new ArgumentException("No path is given.", nameof(paths));
        }

        var files = paths.SelectMany(FindOne).ToArray();
        var known = new Dictionary<string, string>();
        // Only the content of a Parquet file tells which episodes it holds.
        foreach (var file in files.Where(file => !IsParquet(file)))
        {
            var id = EpisodeFile.IdOf(file);
            if (!known.TryAdd(id, file))
            {
                throw new InvalidEpisodeException(
                    $"'{known[id]}' and '{file}' both hold the episode '{id}'; ids name an episode's rows and its samples and must differ.");
            }
        }
        return files;
    }

    /// <summary>Files as sources; their episodes are read lazily, and chunks that continue each other are one source.</summary>
    internal static EpisodeSource[] Sources(IEnumerable<string> files, EpisodeReadOptions options) =>
    [
        .. EpisodeRecording.Group(files).Select(recording => new EpisodeSource(
            recording.Name, parts => IsParquet(recording.Name) ? ParquetEpisodes.Read(recording.Name, parts, options) : recording.Read(parts, options))),
    ];

    internal static bool IsParquet(string file) => file.EndsWith(ParquetEpisodes.Ending, StringComparison.OrdinalIgnoreCase);

    private static string[] FindOne(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            var found = Endings.SelectMany(ending => Directory.GetFiles(path, ending)).Order(StringComparer.Ordinal).ToArray();
            return found.Length > 0 ? found : throw new FileNotFoundException($"No episode file matches '{Path.Combine(path, Endings[0])}'{Others(path)}.", path);
        }
        if (path.IndexOfAny(Wildcards) < 0)
        {
            return File.Exists(path) ? [path] : throw new FileNotFoundException($"Episode file '{path}' not found.", path);
        }

        var parts = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        IEnumerable<string> folders = [Path.IsPathRooted(path) ? Path.GetPathRoot(path)! : ""];
        foreach (var part in parts[..^1].Where(part => part.Length > 0))
        {
            folders = part.IndexOfAny(Wildcards) < 0 ? folders.Select(folder => Path.Combine(folder, part)) : folders.SelectMany(folder => Folders(folder, part));
        }
        var files = folders.Where(folder => Directory.Exists(Here(folder))).SelectMany(folder => Directory.EnumerateFiles(Here(folder), parts[^1])
            .Select(file => folder.Length == 0 ? Path.GetFileName(file) : file)).Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0 ? files : throw new FileNotFoundException($"No episode file matches '{path}'.", path);
    }

    private static string Others(string folder) =>
        Directory.EnumerateFiles(folder).FirstOrDefault() is { } other ? $", nor {Endings[1]}; the folder holds other files, for example '{Path.GetFileName(other)}'" : "";

    private static IEnumerable<string> Folders(string folder, string pattern)
    {
        if (!Directory.Exists(Here(folder)))
        {
            return [];
        }
        return pattern == AnyDepth
            ? Directory.EnumerateDirectories(Here(folder), "*", SearchOption.AllDirectories).Prepend(folder)
            : Directory.EnumerateDirectories(Here(folder), pattern);
    }

    private static string Here(string folder) => folder.Length == 0 ? "." : folder;
}
