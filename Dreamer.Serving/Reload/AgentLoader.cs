using System.Security.Cryptography;
using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Loads an agent folder for service: read, verified and tried before anybody is served with it.</summary>
internal static class AgentLoader
{
    private const long LargestManifest = 16L << 20;

    /// <summary>SHA-256 of a folder's <c>agent.json</c>.</summary>
    /// <exception cref="InvalidAgentException">It cannot be read.</exception>
    internal static string ManifestHash(string folder) => Convert.ToHexStringLower(
        SHA256.HashData(AgentFolder.ReadFile(Path.Combine(folder, AgentManifest.FileName), LargestManifest)));

    /// <summary>A stamp of a folder that changes with any write: the names, sizes and times of its files.</summary>
    internal static string Stamp(string folder)
    {
        try
        {
            return string.Join('\n', new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Loads, verifies and tries an agent.</summary>
    /// <param name="folder">The agent folder.</param>
    /// <param name="number">The new generation's number.</param>
    /// <param name="options">How it is served.</param>
    /// <exception cref="InvalidAgentException">The folder is not an agent, or does not reproduce its test data.</exception>
    /// <exception cref="NonFiniteOutputException">It computes numbers that are not finite.</exception>
    /// <exception cref="InvalidOperationException">It cannot run on the requested device.</exception>
    internal static AgentGeneration Load(string folder, int number, DreamerAgentOptions options)
    {
        var hash = ManifestHash(folder);
        var generation = new AgentGeneration(DreamerAgent.Load(folder, options.Execution, options.Weights), number, hash, options);
        try
        {
            if (options.Verify)
            {
                Verify(folder, generation);
            }
            generation.SelfTest();
            return ManifestHash(folder) == hash ? generation : throw new InvalidAgentException($"'{folder}' was written while it was read.");
        }
        catch
        {
            generation.Release();
            throw;
        }
    }

    private static void Verify(string folder, AgentGeneration generation)
    {
        var failed = generation.Verify(folder).Where(output => !output.Passed).ToArray();
        if (failed.Length > 0)
        {
            throw new InvalidAgentException(
                $"Agent '{generation.Manifest.Name}' in '{folder}' does not reproduce its test data: " +
                string.Join("; ", failed.Select(f => $"'{f.Output}' of {f.Graph} is off by {f.LargestDifference:G3} ({f.Check})")) + ".");
        }
    }
}
