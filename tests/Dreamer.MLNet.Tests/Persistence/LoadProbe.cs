using System.Diagnostics;
using System.Reflection;

namespace Dreamer.MLNet.Tests.Persistence;

/// <summary>Loads a model in a process of its own, which knows nothing of this library but that its assemblies lie beside it.</summary>
internal static class LoadProbe
{
    private static readonly string Program = typeof(LoadProbe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "LoadProbe").Value!;

    /// <summary>Loads a model, saves it again and prints columns.</summary>
    /// <returns>One line for each value of each column.</returns>
    internal static async Task<string[]> RunAsync(string model, string data, string savedAgain, params IEnumerable<string> columns)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, model, data, savedAgain, .. columns])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
