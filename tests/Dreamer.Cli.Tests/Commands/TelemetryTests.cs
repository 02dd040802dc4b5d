using System.Diagnostics;
using Dreamer.Cli.Commands;
using Xunit;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>The tool leaves nothing in the user's home.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("dreamer-home-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task ONNX_Runtime_writes_nothing_into_the_home_folder()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DreamerCommandLine).Assembly.Location, "eval", CommandLine.Agent, "--episodes", "1"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // ONNX Runtime writes nothing in CI anyway.
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("CI", StringComparison.Ordinal) || name.StartsWith("ORT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["HOME"] = _home;
        start.Environment.Remove("XDG_CACHE_HOME");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_home, "*", SearchOption.AllDirectories), file => file.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase));
    }
}
