using Xunit;

namespace Dreamer.Cli.Tests.Commands;

public sealed class CurvesCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dreamer-curves-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Curves_are_a_picture_and_numbers()
    {
        Run("seed-1", """{"update":10,"env_steps":50,"eval_return":0.25}""", """{"update":20,"env_steps":90,"kl_loss":1}""");
        Run("seed-2", """{"update":10,"env_steps":60,"eval_return":-1}""");
        var path = Path.Combine(_folder, "out", "catch.svg");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (code, output) = await CommandLine.RunAsync("curves", Path.Combine(_folder, "seed-1"), Path.Combine(_folder, "seed-2") + "/", "--out", path);
        Assert.True(code == 0, output);
        Assert.Equal("run,updates,env_steps,return\nseed-1,10,50,0.25\nseed-2,10,60,-1\n", await File.ReadAllTextAsync(Path.ChangeExtension(path, ".csv")));
        Assert.Contains("<polyline", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_evaluation_there_is_no_curve()
    {
        Run("young", """{"update":10,"env_steps":50}""");
        var (code, output) = await CommandLine.RunAsync("curves", Path.Combine(_folder, "young"));
        Assert.Equal(1, code);
        Assert.Contains("None of these runs has been evaluated yet", output, StringComparison.Ordinal);
    }

    private void Run(string name, params string[] lines)
    {
        Directory.CreateDirectory(Path.Combine(_folder, name));
        File.WriteAllLines(Path.Combine(_folder, name, "metrics.jsonl"), lines);
    }
}
