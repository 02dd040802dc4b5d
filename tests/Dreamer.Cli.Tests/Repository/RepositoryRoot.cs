namespace Dreamer.Cli.Tests.Repository;

/// <summary>Where the sources are that these tests were built from.</summary>
internal static class RepositoryRoot
{
    internal static string Path { get; } = Find();

    /// <summary>The configuration that these tests were built in.</summary>
    internal static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{System.IO.Path.DirectorySeparatorChar}Debug{System.IO.Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Debug" : "Release";

    internal static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Dreamer.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Dreamer.sln.");
    }
}
