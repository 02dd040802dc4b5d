using System.Text.RegularExpressions;
using Dreamer.Inference.IO;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>The code in the README and the documents is the code of the samples, which .ci/run runs. UPDATE_GOLDEN=1 writes it anew.</summary>
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
    public void Links_lead_somewhere()
    {
        var documents = Directory.EnumerateFiles(RepositoryRoot.File("docs"), "*.md").Append(RepositoryRoot.File("README.md"));
        var dead = documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(match => Path.Combine(Path.GetDirectoryName(document)!, match.Groups["path"].Value))
            .Where(target => !File.Exists(target) && !Directory.Exists(target)));
        Assert.Empty(dead);
    }

    // The directives at the top are for the one file that is run alone.
    private static string Code(string file) => string.Join('\n', File.ReadLines(RepositoryRoot.File(file)).Where(line => !line.StartsWith("#:", StringComparison.Ordinal))).Trim();

    [GeneratedRegex("""<!-- snippet: (?<file>\S+) -->.*?<!-- end -->""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Snippet();

    [GeneratedRegex("""\]\((?!https?:|#)(?<path>[^)#\s]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
