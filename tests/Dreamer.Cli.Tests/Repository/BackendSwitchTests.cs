using System.Text.Json;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>Which native packages each executable asks for, by backend; nothing is restored, so the cuda packages need not be there.</summary>
public class BackendSwitchTests
{
    private static readonly string[] Natives =
        ["TorchSharp-cpu", "TorchSharp-cuda-linux", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu"];

    [Theory]
    [InlineData("Dreamer.Cli/Dreamer.Cli.csproj", "", "TorchSharp-cpu", "Microsoft.ML.OnnxRuntime")]
    [InlineData("Dreamer.Cli/Dreamer.Cli.csproj", "cuda", "TorchSharp-cuda-linux", "Microsoft.ML.OnnxRuntime")]
    [InlineData("tests/Dreamer.Training.Tests/Dreamer.Training.Tests.csproj", "", "TorchSharp-cpu", "Microsoft.ML.OnnxRuntime")]
    [InlineData("tests/Dreamer.Inference.Tests/Dreamer.Inference.Tests.csproj", "", "Microsoft.ML.OnnxRuntime")]
    [InlineData("tests/Dreamer.Inference.Tests/Dreamer.Inference.Tests.csproj", "cuda", "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData("tests/Dreamer.MLNet.Tests/Dreamer.MLNet.Tests.csproj", "", "Microsoft.ML.OnnxRuntime")]
    [InlineData("tests/Dreamer.MLNet.Tests/Dreamer.MLNet.Tests.csproj", "cuda", "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData("samples/AgentService/AgentService.csproj", "", "Microsoft.ML.OnnxRuntime")]
    [InlineData("samples/AgentService/AgentService.csproj", "cuda", "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData("Dreamer.Inference/Dreamer.Inference.csproj", "cuda")]
    [InlineData("Dreamer.MLNet/Dreamer.MLNet.csproj", "cuda")]
    [InlineData("Dreamer.Training/Dreamer.Training.csproj", "cuda")]
    public async Task Executables_take_the_natives_of_the_backend_and_libraries_none(string project, string backend, params string[] expected)
    {
        string[] property = backend.Length > 0 ? [$"-p:DreamerBackend={backend}"] : [];
        var output = await Dotnet.RunAsync(RepositoryRoot.Path, null, ["msbuild", project, .. property, "-getItem:PackageReference"]);
        using var json = JsonDocument.Parse(output);
        var packages = json.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!);
        Assert.Equal(expected.Order(StringComparer.Ordinal), packages.Intersect(Natives).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_backend_that_is_none_is_refused_with_those_that_are()
    {
        var (code, output) = await Dotnet.TryRunAsync(
            RepositoryRoot.Path, null, "msbuild", "Dreamer.Inference/Dreamer.Inference.csproj", "-p:DreamerBackend=rocm", "-t:CheckDreamerBackend");
        Assert.NotEqual(0, code);
        Assert.Contains("DreamerBackend is 'rocm'; allowed are cpu and cuda", output, StringComparison.Ordinal);
    }
}
