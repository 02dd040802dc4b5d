using System.Security.Cryptography;
using Dreamer.Inference.IO;
using Dreamer.Inference.Onnx;

namespace Dreamer.Inference;

/// <summary>Reads an untrusted agent folder: bounded, hashed, and checked before anything runs.</summary>
internal static class AgentFolder
{
    private const long LargestManifest = 16L << 20;
    private const long LargestGraph = 1L << 30;

    internal static (AgentManifest Manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Graphs) Read(
        string folder, AgentWeights weights = AgentWeights.AsTrained)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new InvalidAgentException($"Agent folder '{folder}' not found.");
        }

        var path = Path.Combine(folder, AgentManifest.FileName);
        var manifest = AgentManifest.FromJson(ReadFile(path, LargestManifest), path);
        manifest = weights == AgentWeights.Quantized ? manifest.WithInt8Weights() : manifest;
        var graphs = manifest.Graphs.ToDictionary(g => g.Name, g => (ReadOnlyMemory<byte>)ReadFile(Path.Combine(folder, g.File), LargestGraph));
        foreach (var graph in manifest.Graphs)
        {
            RequireMatch(graph, graphs[graph.Name].Span, Path.Combine(folder, graph.File));
        }
        return (manifest, graphs);
    }

    /// <summary>Checks a graph's bytes against its manifest.</summary>
    internal static void RequireMatch(GraphManifest graph, ReadOnlySpan<byte> bytes, string source)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (found != graph.Sha256)
        {
            throw new InvalidAgentException(
                $"'{source}' ({bytes.Length} bytes) has the SHA-256 {found}; {AgentManifest.FileName} expects {graph.Sha256}. " +
                "The file is damaged or was changed after the export.");
        }

        try
        {
            OnnxModel.Read(bytes);
        }
        catch (InvalidAgentException e)
        {
            throw new InvalidAgentException($"'{source}' is refused: {e.Message}.", e);
        }
    }

    /// <summary>Reads a file of a bounded size.</summary>
    /// <exception cref="InvalidAgentException">It is missing, too large, not a regular file, or unreadable.</exception>
    internal static byte[] ReadFile(string path, long limit)
    {
        if (!File.Exists(path))
        {
            throw new InvalidAgentException($"The agent's file '{path}' is missing.");
        }

        try
        {
            using var stream = new FileStream(RegularFile.Open(path), FileAccess.Read, bufferSize: 1);
            if (stream.Length > limit)
            {
                throw new InvalidAgentException($"'{path}' has {stream.Length} bytes; at most {limit} are read.");
            }
            var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidAgentException($"The agent's file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
