using System.Reflection;
using System.Text.RegularExpressions;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>The page of metrics explains those that there are, and no others.</summary>
public sealed partial class MetricsPageTests
{
    private static readonly string[] Names =
    [
        MetricsLog.UpdateKey, MetricsLog.StepKey,
        .. typeof(MetricNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
    ];

    private static readonly string Page = File.ReadAllText(RepositoryRoot.File("docs", "metrics.md"));

    [Fact]
    public void Every_metric_is_explained() => Assert.All(
        Names, name => Assert.True(Page.Contains($"`{name}`", StringComparison.Ordinal) || name.EndsWith("_grad_norm", StringComparison.Ordinal), name));

    [Fact]
    public void Every_name_in_the_table_is_a_metric()
    {
        var rows = Page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows.SelectMany(row => NamePattern().Matches(row.Split('|')[1])), match => Assert.Contains(Names, name => Fits(name, match.Groups["name"].Value)));
    }

    private static bool Fits(string name, string text) => text.StartsWith('*') ? name.EndsWith(text[1..], StringComparison.Ordinal) : name == text;

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}
