using System.Reflection;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>Which project may reference which.</summary>
public class ArrowTests
{
    [Theory]
    [InlineData("Dreamer.Inference", "Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.Extensions", "TorchSharp", "Google.Protobuf", "Dreamer")]
    [InlineData("Dreamer.Serving", "Microsoft.ML.Core", "Microsoft.ML.Data", "TorchSharp", "Google.Protobuf", "Dreamer.MLNet", "Dreamer.Training")]
    [InlineData("Dreamer.MLNet", "TorchSharp", "Dreamer.Training", "Dreamer.Serving", "Microsoft.Extensions")]
    [InlineData("Dreamer.Training", "Microsoft.ML.Core", "Microsoft.ML.Data", "Dreamer.MLNet", "Dreamer.Serving", "Microsoft.Extensions")]
    public void Arrows_point_one_way(string assembly, params string[] strangers)
    {
        var known = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!).ToList();
        Assert.Contains(known, name => name.StartsWith("System", StringComparison.Ordinal));
        Assert.DoesNotContain(known, name => strangers.Any(stranger => name == stranger || name.StartsWith($"{stranger}.", StringComparison.Ordinal)));
    }
}
