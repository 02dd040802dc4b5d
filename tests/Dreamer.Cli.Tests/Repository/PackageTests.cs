using System.IO.Compression;
using Xunit;

namespace Dreamer.Cli.Tests.Repository;

/// <summary>What users of the packages get, tried as one of them.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-pack-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Packages_hold_what_they_should_and_serve_a_project_that_has_nothing_else()
    {
        var feed = Path.Combine(_folder, "feed");
        foreach (var project in (string[])["Dreamer.Inference", "Dreamer.Serving", "Dreamer.MLNet", "Dreamer.Training"])
        {
            await Dotnet.RunAsync(
                RepositoryRoot.Path, null, "pack", $"{project}/{project}.csproj", "--no-build", "-c", RepositoryRoot.Configuration, "-o", feed);
        }

        Assert.Equal(["Dreamer.Inference.dll", "Dreamer.Inference.xml"], Libraries(feed, "Dreamer.Inference"));
        Assert.Equal(["Dreamer.Serving.dll", "Dreamer.Serving.xml"], Libraries(feed, "Dreamer.Serving"));
        Assert.Equal(["Dreamer.MLNet.Interop.dll", "Dreamer.MLNet.dll", "Dreamer.MLNet.xml"], Libraries(feed, "Dreamer.MLNet"));
        Assert.Equal(["Dreamer.Training.dll", "Dreamer.Training.xml"], Libraries(feed, "Dreamer.Training"));
        Assert.Equal("pipeline of 2 steps", await ConsumeAsync(feed));
    }

    private static IEnumerable<string> Libraries(string feed, string id)
    {
        using var package = ZipFile.OpenRead(Directory.GetFiles(feed, $"{id}.*.nupkg").Single());
        Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("runtimes/", StringComparison.Ordinal));
        return [.. package.Entries.Where(e => e.FullName.StartsWith("lib/net10.0/", StringComparison.Ordinal)).Select(e => e.Name).Order(StringComparer.Ordinal)];
    }

    private async Task<string> ConsumeAsync(string feed)
    {
        var project = Directory.CreateDirectory(Path.Combine(_folder, "consumer")).FullName;
        File.WriteAllText(Path.Combine(project, "consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <RestoreFallbackFolders>{GlobalPackages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Dreamer.MLNet" Version="0.1.0" />
                <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using Dreamer.Inference;
            using Microsoft.ML;

            using var agent = DreamerAgent.Load(args[0]);
            var ml = new MLContext(seed: 1);
            var episodes = ml.Data.LoadFromEpisodes(args[1]);
            var pipeline = ml.Transforms.EncodeObservation("Embedding", "Image", agent).Append(ml.Transforms.ObserveLatentState("Latent", "Embedding", agent));
            var model = pipeline.Fit(episodes);
            ml.Model.Save(model, episodes.Schema, "agent.zip");
            Console.WriteLine($"pipeline of {((IEnumerable<ITransformer>)ml.Model.Load("agent.zip", out _)).Count()} steps");
            """);
        // Packages of an earlier pack of the same version must not be found, and those of the gallery need not be fetched again.
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages") };
        await Dotnet.RunAsync(project, environment, "build", "-c", "Release", "-o", "out");
        var output = await Dotnet.RunAsync(project, environment, "out/consumer.dll", CommandLine.Agent, CommandLine.Recordings);
        return output.Trim();
    }

    private static string GlobalPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
