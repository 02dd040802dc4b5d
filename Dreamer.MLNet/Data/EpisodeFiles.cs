using Dreamer.Inference.Episodes;

namespace Dreamer.MLNet;

/// <summary>Finds episode files.</summary>
internal static class EpisodeFiles
{
    private const string Ending = "*.npz";
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>The files that paths, folders and patterns name: in the order of the arguments, those of one sorted by path.</summary>
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
        foreach (var file in files)
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

    private static string[] FindOne(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (folder, pattern) = Directory.Exists(path) ? (path, Ending) : (Path.GetDirectoryName(path), Path.GetFileName(path));
        if (folder?.IndexOfAny(Wildcards) >= 0)
        {
            throw new ArgumentException($"'{path}' has a wildcard in its folder; they are allowed in the file's name.", nameof(path));
        }
        if (pattern.IndexOfAny(Wildcards) < 0)
        {
            return File.Exists(path) ? [path] : throw new FileNotFoundException($"There is no episode file '{path}'.", path);
        }

        folder = string.IsNullOrEmpty(folder) ? "." : folder;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new FileNotFoundException($"No episode file matches '{Path.Combine(folder, pattern)}'.", path);
    }
}
