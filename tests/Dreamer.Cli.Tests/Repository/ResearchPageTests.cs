using System.Reflection;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>The page of public types lists all of them.</summary>
public sealed class ResearchPageTests
{
    [Fact]
    public void Every_public_type_of_training_is_on_the_page()
    {
        var page = File.ReadAllText(RepositoryRoot.File("docs", "research.md"));
        Assert.All(
            Assembly.Load("Dreamer.Training").GetExportedTypes().Where(type => !type.IsNested),
            type => Assert.Contains($"`{type.Name}`", page, StringComparison.Ordinal));
    }
}
