using System.Text.RegularExpressions;
using Dreamer.Inference.IO;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>The code in the README and the documents is the code of the samples, which .ci/run runs. UPDATE_GOLDEN=1 rewrites it.</summary>
public partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("docs/mlnet.md", 2)]
    [InlineData("docs/serving.md", 1)]
    public void Code_is_that_of_the_samples(string document, int snippets)
    {
        var path = RepositoryRoot.File(document.Split('/'));
        var readme = File.ReadAllText(path);
        var expected = Snippet().Replace(readme, match => $"<!-- snippet: {match.Groups["file"].Value} -->\n```csharp\n{Code(match.Groups["file"].Value)}\n```\n<!-- end -->");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            AtomicFile.WriteAllText(path, expected);
        }
        Assert.Equal(expected, readme, ignoreLineEndingDifferences: true);
        Assert.Equal(snippets, Snippet().Count(readme));
    }

    [Fact]
    public void The_readme_stays_short() =>
        Assert.InRange(File.ReadAllText(RepositoryRoot.File("README.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 1, 900);

    [Fact]
    public void Links_lead_somewhere()
    {
        string[] folders = ["docs", "benchmarks", "onnx", "samples"];
        var documents = folders.SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.File(folder), "*.md", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(RepositoryRoot.Path, "*.md"));
        var dead = documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(match => Path.Combine(Path.GetDirectoryName(document)!, match.Groups["path"].Value))
            .Where(target => !File.Exists(target) && !Directory.Exists(target)));
        Assert.Empty(dead);
    }

    // "FILE#NAME" is the region NAME of the file. Directives at the top of a file-based app are for whoever runs it, not for readers.
    private static string Code(string reference)
    {
        var (file, region) = reference.Split('#') is [var path, var name] ? (path, name) : (reference, null);
        var lines = File.ReadLines(RepositoryRoot.File(file.Split('/')));
        if (region is not null)
        {
            lines = lines.SkipWhile(line => line != $"#region {region}").Skip(1).TakeWhile(line => line != "#endregion");
        }
        return string.Join('\n', lines.Where(line => !line.StartsWith('#'))).Trim();
    }

    [GeneratedRegex("""<!-- snippet: (?<file>\S+) -->.*?<!-- end -->""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Snippet();

    [GeneratedRegex("""\]\((?!https?:|#)(?<path>[^)#\s]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
