using System.Reflection;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>Who may know whom.</summary>
public class ArrowTests
{
    [Theory]
    [InlineData("Dreamer.Inference", "Microsoft.ML.Core", "Microsoft.ML.Data", "TorchSharp", "Dreamer.MLNet", "Dreamer.Training", "Google.Protobuf")]
    [InlineData("Dreamer.MLNet", "TorchSharp", "Dreamer.Training")]
    [InlineData("Dreamer.Training", "Microsoft.ML.Core", "Microsoft.ML.Data", "Dreamer.MLNet")]
    public void Arrows_point_one_way(string assembly, params string[] strangers)
    {
        var known = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name).ToHashSet();
        Assert.Contains(known, name => name!.StartsWith("System", StringComparison.Ordinal));
        Assert.DoesNotContain(strangers, known.Contains);
    }
}
