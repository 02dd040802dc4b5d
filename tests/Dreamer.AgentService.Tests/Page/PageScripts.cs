using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Dreamer.AgentService.Tests.Page;

/// <summary>The page's scripts as they are served, run by Node.js where there is one.</summary>
internal static class PageScripts
{
    /// <summary>Runs a script that imports the page's by their names, such as <c>./catch.js</c>; skips the test without Node.js.</summary>
    /// <param name="script">What to run: it finds its input in <c>input</c> and leaves its output in <c>output</c>.</param>
    /// <param name="input">The input, as JSON.</param>
    internal static async Task<JsonElement> RunAsync(string script, object input)
    {
        using var folder = new TemporaryFolder();
        await using var host = await ServiceHost.StartAsync();
        foreach (var file in PageTests.Files.Where(file => file.EndsWith(".js", StringComparison.Ordinal)))
        {
            await File.WriteAllTextAsync(folder.File(file), await host.Http.GetStringAsync(file));
        }
        await File.WriteAllTextAsync(folder.File("package.json"), """{ "type": "module" }""");
        await File.WriteAllTextAsync(folder.File("test.js"), $"""
            import files from "node:fs";
            const input = JSON.parse(files.readFileSync(new URL("input.json", import.meta.url)));
            let output;
            {script}
            console.log(JSON.stringify(output));
            """);
        await File.WriteAllTextAsync(folder.File("input.json"), JsonSerializer.Serialize(input));
        return JsonSerializer.Deserialize<JsonElement>(await NodeAsync(folder.File("test.js")));
    }

    private static async Task<string> NodeAsync(string file)
    {
        using var process = Start(file);
        Assert.SkipWhen(process is null, "Node.js is not here; it is no part of the product.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }

    private static Process? Start(string file)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [file])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
