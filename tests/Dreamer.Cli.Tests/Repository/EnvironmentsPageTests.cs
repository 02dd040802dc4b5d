using Dreamer.Training.Environments;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>The page of environments has those that there are, and no others.</summary>
public sealed class EnvironmentsPageTests
{
    [Fact]
    public void The_table_is_that_of_the_registry() => Assert.Equal(
        EnvironmentRegistry.Default.Names,
        File.ReadLines(RepositoryRoot.File("docs", "environments.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]));

    [Fact]
    public void The_checks_are_those_that_are_done()
    {
        var page = File.ReadAllText(RepositoryRoot.File("docs", "environments.md"));
        Assert.All(EnvironmentConformance.Inspect(seed => new Catch(seed), steps: 10), check => Assert.Contains($"| {check.Name} |", page, StringComparison.Ordinal));
    }
}
