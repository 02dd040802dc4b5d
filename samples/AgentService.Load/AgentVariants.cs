using System.Security.Cryptography;
using System.Text;
using Dreamer.Inference.IO;

namespace AgentService.Load;

/// <summary>Copies of an agent to be taken in its place: good ones, whose bytes differ and whose answers do not, and bad ones.</summary>
internal static class AgentVariants
{
    private static readonly Action<string>[] Damages =
    [
        folder => File.Delete(Path.Combine(folder, "agent.json")),
        folder => Rewrite(Path.Combine(folder, "encoder.onnx"), bytes => bytes[..(bytes.Length / 2)]),
        folder => Rewrite(Path.Combine(folder, "policy.onnx"), bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]),
        folder => File.Delete(Path.Combine(folder, "rssm_observe.onnx")),
        folder => Rewrite(Path.Combine(folder, "agent.json"), bytes => bytes[..(bytes.Length / 3)]),
    ];

    /// <summary>Writes <c>good-1</c>, <c>bad-1</c> and so on.</summary>
    /// <param name="agent">The agent's folder.</param>
    /// <param name="root">Where to.</param>
    /// <param name="count">How many of each.</param>
    public static void Write(string agent, string root, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            Copy(agent, Path.Combine(root, $"good-{i}"), i);
            var bad = Path.Combine(root, $"bad-{i}");
            // Not the manifest of a good one, which a service that runs it would find unchanged and look no further.
            Copy(agent, bad, count + i);
            Damages[(i - 1) % Damages.Length](bad);
        }
    }

    private static void Copy(string agent, string folder, int variant)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(agent, "test_data"), "*", SearchOption.AllDirectories))
        {
            AtomicFile.WriteAllBytes(Path.Combine(folder, Path.GetRelativePath(agent, file)), File.ReadAllBytes(file));
        }
        var manifest = File.ReadAllText(Path.Combine(agent, "agent.json"));
        foreach (var graph in Directory.EnumerateFiles(agent, "*.onnx"))
        {
            var bytes = File.ReadAllBytes(graph);
            byte[] described = [.. bytes, .. DocString($"variant {variant}")];
            manifest = manifest.Replace(Hash(bytes), Hash(described), StringComparison.Ordinal);
            AtomicFile.WriteAllBytes(Path.Combine(folder, Path.GetFileName(graph)), described);
        }
        AtomicFile.WriteAllText(Path.Combine(folder, "agent.json"), manifest);
    }

    // Field 6 of an ONNX model is a text that nothing reads.
    private static byte[] DocString(string text) => [(6 << 3) | 2, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Rewrite(string file, Func<byte[], byte[]> change) =>
        AtomicFile.WriteAllBytes(file, change(File.ReadAllBytes(file)));
}
